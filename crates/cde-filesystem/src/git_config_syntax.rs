//! The syntax of git-config(1): sections, keys, and values with quotes, escapes and continued lines.

/// The file cannot be read beyond a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct SyntaxError {
    pub(crate) line: u32,
}

/// Told each key, and its value if it has one.
pub(crate) type Found<'a> = dyn FnMut(&[u8], Option<&[u8]>) + 'a;

/// Gives every key (section and name in lower case) and value of `content` to `found`, in order; `None` for a key
/// without `=`. What stands before a faulty line is given.
pub(crate) fn parse_config(content: &[u8], found: &mut Found<'_>) -> Result<(), SyntaxError> {
    let data = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let mut reader = Reader { data, position: 0, line: 1, ended: false };
    let mut section = Vec::new();
    let mut comment = false;
    loop {
        let byte = reader.next();
        match byte {
            b'\n' if reader.ended => return Ok(()),
            b'\n' => comment = false,
            _ if comment || is_space(byte) => {}
            b'#' | b';' => comment = true,
            b'[' => section = reader.section()?,
            _ if byte.is_ascii_alphabetic() => {
                // A key before any section has no full name; git reads it as such and no setting has that name.
                let mut key = [&section[..], b"."].concat();
                let after = reader.name(byte, &mut key);
                match after {
                    b'\n' => found(&key, None),
                    b'=' => found(&key, Some(&reader.value()?)),
                    _ => return Err(reader.error(after)),
                }
            }
            _ => return Err(reader.error(byte)),
        }
    }
}

fn is_key_byte(byte: u8) -> bool {
    byte == b'-' || byte.is_ascii_alphanumeric()
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Bytes one by one: a carriage return before a line feed is dropped, and the end reads as a line feed.
struct Reader<'a> {
    data: &'a [u8],
    position: usize,
    line: u32,
    ended: bool,
}

impl Reader<'_> {
    fn next(&mut self) -> u8 {
        if self.data[self.position..].starts_with(b"\r\n") {
            self.position += 1;
        }
        let Some(&byte) = self.data.get(self.position) else {
            self.ended = true;
            return b'\n';
        };
        self.position += 1;
        self.line += u32::from(byte == b'\n');
        byte
    }

    /// The error for the line of `byte`, which was just read.
    fn error(&self, byte: u8) -> SyntaxError {
        SyntaxError { line: self.line - u32::from(byte == b'\n' && !self.ended) }
    }

    /// The rest of the name that begins with `byte`, and the byte after it and blanks.
    fn name(&mut self, byte: u8, name: &mut Vec<u8>) -> u8 {
        let mut byte = byte;
        while is_key_byte(byte) {
            name.push(byte.to_ascii_lowercase());
            byte = self.next();
        }
        while matches!(byte, b' ' | b'\t') {
            byte = self.next();
        }
        byte
    }

    /// The section's name, in lower case, with its subsection as written. `[` was read.
    fn section(&mut self) -> Result<Vec<u8>, SyntaxError> {
        let mut name = Vec::new();
        loop {
            let byte = self.next();
            if byte == b']' {
                break;
            }
            if is_space(byte) && !self.ended {
                name.push(b'.');
                self.subsection(byte, &mut name)?;
                break;
            }
            if !(is_key_byte(byte) || byte == b'.') {
                return Err(self.error(byte));
            }
            name.push(byte.to_ascii_lowercase());
        }
        if name.is_empty() { Err(self.error(0)) } else { Ok(name) }
    }

    fn subsection(&mut self, byte: u8, name: &mut Vec<u8>) -> Result<(), SyntaxError> {
        let mut byte = byte;
        while is_space(byte) {
            if byte == b'\n' {
                return Err(self.error(byte));
            }
            byte = self.next();
        }
        if byte != b'"' {
            return Err(self.error(byte));
        }
        loop {
            byte = self.next();
            if byte == b'"' {
                break;
            }
            if byte == b'\\' {
                byte = self.next();
            }
            if byte == b'\n' {
                return Err(self.error(byte));
            }
            name.push(byte);
        }
        byte = self.next();
        if byte == b']' { Ok(()) } else { Err(self.error(byte)) }
    }

    /// The value behind `=`: quotes and escapes resolved, comment and surrounding spaces dropped.
    fn value(&mut self) -> Result<Vec<u8>, SyntaxError> {
        let mut value = Vec::new();
        let (mut quoted, mut comment) = (false, false);
        // The length up to the last byte that is not a trailing space.
        let mut keep = 0;
        loop {
            let byte = self.next();
            match byte {
                b'\n' if quoted => return Err(self.error(byte)),
                b'\n' => {
                    value.truncate(keep);
                    return Ok(value);
                }
                _ if comment => continue,
                _ if is_space(byte) && !quoted => {
                    if !value.is_empty() {
                        value.push(byte);
                    }
                    continue;
                }
                b';' | b'#' if !quoted => {
                    comment = true;
                    continue;
                }
                b'"' => quoted = !quoted,
                b'\\' => match self.next() {
                    b'\n' => {}
                    b't' => value.push(b'\t'),
                    b'b' => value.push(8),
                    b'n' => value.push(b'\n'),
                    byte @ (b'\\' | b'"') => value.push(byte),
                    _ => return Err(self.error(0)),
                },
                _ => value.push(byte),
            }
            keep = value.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pairs = Vec<(String, Option<String>)>;

    fn parse(content: &str) -> (Pairs, Result<(), SyntaxError>) {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut found = Vec::new();
        let end =
            parse_config(content.as_bytes(), &mut |key, value| found.push((text(key), value.map(text))));
        (found, end)
    }

    #[test]
    fn keys_and_values() {
        let (found, end) =
            parse("[core]\n\tignoreCase\r\n a = \"b ; c\" d  ; e\n[Sub \"X\\\"y\"] K=1\\\n2\\t\n[x.Y]\nz=\n");
        assert_eq!(end, Ok(()));
        let expected = [
            ("core.ignorecase", None),
            ("core.a", Some("b ; c d")),
            ("sub.X\"y.k", Some("12\t")),
            ("x.y.z", Some("")),
        ];
        assert_eq!(found, expected.map(|(key, value)| (key.to_owned(), value.map(str::to_owned))));
    }

    #[test]
    fn a_faulty_line_ends_the_file() {
        for (content, line) in [("[core]\na=1\n?\n", 3), ("[core\n", 1), ("[a]\nb = \"c\n", 2), ("[]\n", 1)] {
            assert_eq!(parse(content).1, Err(SyntaxError { line }), "{content:?}");
        }
    }
}
