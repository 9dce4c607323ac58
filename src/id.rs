//! Small numbers that stand for names, so that a posting is `Copy` and holds no text.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            #[allow(dead_code, reason = "only lists with built-in items need it")]
            pub(crate) const fn of(place: u32) -> Self {
                Self(place)
            }

            /// The identity of the item at a place in its list.
            pub fn new(place: usize) -> Self {
                Self(place as u32)
            }

            /// The place in the list.
            pub fn place(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// An input: a quantity of the scenario or a parameter, known by its dotted key path.
    InputId;
    /// A role.
    RoleId;
    /// A team kind.
    TeamId;
    /// A post outside the teams.
    PostId;
    /// A service.
    ServiceId;
    /// A cost or benefit line.
    LineId;
    /// A benefit of a service.
    BenefitId;
    /// An option.
    OptionId;
    /// A stream, by its place in its option.
    StreamId;
    /// A price index: general, pay, cloud, ...
    IndexId;
    /// An organisation that bears costs and has funds.
    OrganisationId;
    /// A fund.
    FundId;
    /// A cost category: pay, contractor, licence, ...
    CategoryId;
}
