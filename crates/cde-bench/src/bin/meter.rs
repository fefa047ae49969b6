//! `meter RESULT COMMAND [ARGUMENT…]`: runs the command and writes what it cost to the file RESULT as JSON.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let [result, program, rest @ ..] = arguments.as_slice() else {
        let _ = writeln!(io::stderr(), "usage: meter RESULT COMMAND [ARGUMENT...]");
        return ExitCode::from(2);
    };
    let outcome =
        cde_bench::meter::measure(program, rest).and_then(|cost| fs::write(result, format!("{cost}\n")));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "meter: {error}");
            ExitCode::from(2)
        }
    }
}
