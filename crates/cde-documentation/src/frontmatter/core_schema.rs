//! What a plain scalar means in the core schema (YAML 1.2.2, section 10.3.2).

use cde_core::Value;

use super::values::{float, integer};

/// The value of a plain scalar.
pub(super) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    if !text.starts_with(|one: char| one.is_ascii_digit() || matches!(one, '+' | '-' | '.')) {
        return Value::Text(text.to_owned());
    }
    if let Some(digits) = text.strip_prefix("0o").filter(|digits| is_octal(digits)) {
        return radix(text, digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x").filter(|digits| is_hexadecimal(digits)) {
        return radix(text, digits, 16);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if is_digits(unsigned) {
        return integer(text);
    }
    if is_float(unsigned) { float(text) } else { Value::Text(text.to_owned()) }
}

fn is_octal(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|byte| (b'0'..=b'7').contains(&byte))
}

fn is_hexadecimal(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits with a point before, inside or behind, or none, and an exponent or none.
fn is_float(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(place) => (&unsigned[..place], Some(&unsigned[place + 1..])),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits_only = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    digits_only(whole)
        && digits_only(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|digits| is_digits(digits.strip_prefix(['+', '-']).unwrap_or(digits)))
}

fn radix(text: &str, digits: &str, radix: u32) -> Value {
    i128::from_str_radix(digits, radix).map_or_else(|_| Value::Text(text.to_owned()), Value::Integer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_core_schema_gives_a_meaning() {
        for (text, number) in [("12", 12), ("-012", -12), ("+3", 3), ("0o17", 15), ("0x1F", 31)] {
            assert_eq!(resolve(text), Value::Integer(number), "{text}");
        }
        for (text, number) in [("1.", 1.0), (".5", 0.5), ("-1e3", -1000.0), ("1.5E-2", 0.015)] {
            assert_eq!(resolve(text), Value::Float(number), "{text}");
        }
        for text in
            ["yes", "on", "2026-11-22", ".", "-", "+.e3", "1_000", ".inf", "-0o17", "1e400", "0b1", "1:30"]
        {
            assert_eq!(resolve(text), Value::Text(text.to_owned()), "{text}");
        }
        assert_eq!(resolve("170141183460469231731687303715884105727"), Value::Integer(i128::MAX));
        assert!(matches!(resolve("170141183460469231731687303715884105728"), Value::Text(_)));
    }
}
