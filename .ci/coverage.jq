# Of the JSON that `cargo llvm-cov --json` writes: the regions of each room of src and how many of them the tests
# reach; then, for the rooms that are asked for, every region that they don't.
#
# Generic code is compiled once for each sort of number. A region counts as reached if any of its copies was: what
# llvm-cov's own table shows is the best copy of each function, and so less.

def room: sub("^.*/src/"; "") | split("/")[0] | rtrimstr(".rs");
def per_cent($all; $reached): if $all == $reached then "100" else (10000 * $reached / $all | floor / 100 | tostring) end;

[ .data[0].functions[]
  | .filenames as $files
  | .regions[]
  | select(.[7] == 0)
  | { file: $files[.[5]], place: .[0:4], count: .[4] }
  | select(.file | test("/src/") and (test("/\\.cargo/|/rustc/") | not)) ]
| group_by([.file, .place])
| map({ file: .[0].file, place: .[0].place, reached: any(.[]; .count > 0) })
| ( group_by(.file | room)[]
    | [ (.[0].file | room), length, (map(select(.reached)) | length) ]
    | "\(.[0])\t\(.[1])\t\(.[2])\t\(per_cent(.[1]; .[2]))%" ),
  ( .[]
    | select(.reached | not)
    | select((.file | room) as $room | $rooms | split(" ") | index($room))
    | "\(.file | sub("^.*/src/"; "src/")):\(.place[0]):\(.place[1]) to \(.place[2]):\(.place[3])" )
