//! Small numbers that stand for names, so that a posting is `Copy` and holds no text.
//!
//! Of what a posting has most are two bytes: there are millions of postings, and never 65,536 of these things
//! (`scenario::LIMITS`). Rows of tables, and what is counted with them, may be more.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident: $number:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($number);

        impl $name {
            #[allow(dead_code, reason = "only lists with built-in items need it")]
            pub(crate) const fn of(place: $number) -> Self {
                Self(place)
            }

            /// The identity of the item at a place in its list.
            pub fn new(place: usize) -> Self {
                Self(place as $number)
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
    InputId: u32;
    /// A role.
    RoleId: u16;
    /// A team kind.
    TeamId: u16;
    /// A post outside the teams.
    PostId: u16;
    /// A service.
    ServiceId: u16;
    /// A cost or benefit line.
    LineId: u32;
    /// A benefit of a service.
    BenefitId: u32;
    /// An option.
    OptionId: u16;
    /// A stream, by its place in its option.
    StreamId: u16;
    /// A price index: general, pay, cloud, ...
    IndexId: u16;
    /// An organisation that bears costs and has funds.
    OrganisationId: u16;
    /// A fund.
    FundId: u16;
    /// A cost category: pay, contractor, licence, ...
    CategoryId: u32;
}
