//! JSON exactly as the Python engine writes it: compact, UTF-8, floats as Python's `repr`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::error::{CoreError, ErrorCode, Result};

struct PythonFloats;

impl Formatter for PythonFloats {
    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        writer.write_all(python_repr(value).as_bytes())
    }
}

/// The shortest text that reads back as `value`, in the layout of Python's `float.__repr__`: an exponent below -4 or
/// from 16 on is written in scientific notation with at least two digits.
fn python_repr(value: f64) -> String {
    let scientific = format!("{value:e}");
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return scientific };
    let power: i32 = exponent.parse().unwrap_or_default();
    if value != 0.0 && !(-4..16).contains(&power) {
        let sign = if power < 0 { '-' } else { '+' };
        return format!("{mantissa}e{sign}{:02}", power.abs());
    }
    let plain = format!("{value}");
    if plain.contains('.') { plain } else { plain + ".0" }
}

/// `value` as JSON bytes without insignificant space.
///
/// Fails with code `internal` only if `value` has a map whose keys are not text, which no record has.
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(4096);
    let mut serializer = Serializer::with_formatter(&mut out, PythonFloats);
    value.serialize(&mut serializer).map_err(|error| {
        CoreError::new(ErrorCode::Internal, format!("a record cannot be written as JSON: {error}"))
    })?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_read_as_python_writes_them() {
        for (value, text) in [
            (1.0, "1.0"),
            (0.1, "0.1"),
            (-0.0, "-0.0"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (1.5e-5, "1.5e-05"),
            (0.0001, "0.0001"),
            (1e300, "1e+300"),
            (123_456_789.123, "123456789.123"),
        ] {
            assert_eq!(python_repr(value), text);
        }
    }

    #[test]
    fn text_is_escaped_as_python_does_without_ascii() {
        assert_eq!(
            to_json("a\"\\\u{1}\u{7f}é\n").unwrap_or_default(),
            "\"a\\\"\\\\\\u0001\u{7f}é\\n\"".as_bytes()
        );
    }
}
