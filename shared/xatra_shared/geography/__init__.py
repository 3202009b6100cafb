"""The index of the map data's administrative units: made where the data are, searched where people type.

An index is one run of bytes, a ZIP archive of columns. Whoever searches it keeps the columns as they are, and no object
for any unit: for 400,000 of them, objects would take half a gigabyte of every process.

- Units have numbers, in the order of level, country, name and id. `records` holds one after the other as JSON.
- `text` holds what they are found by, one key a line: for each unit its folded id, then its names.
- `ids_by_level`, `names_by_level` and `words_by_level` hold where in the text an id, a name, or a further word of a name
  begins, sorted by key within each level; `…_by_country` the same, sorted within each country at each level. A search
  for a beginning bisects them.
- `postings` holds, for every three bytes that occur in names, the numbers of the units where they do. A search for what
  stands anywhere in a name tries the units of its rarest three.
- `groups` holds, for each country at each level, its share of those columns.

Numbers have 32 bits, in the byte order of the machine.
"""
