//! Walking, ignore rules, finding, reading and comparing files.
