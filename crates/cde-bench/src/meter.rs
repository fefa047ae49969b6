//! Wall time, CPU time and peak memory of one command and all its descendants.
//!
//! Linux counts the peak memory of a process from before it replaced its program, so a command started by a large
//! process looks large. This meter is a process of about 2 MiB that starts exactly one command.

use std::ffi::OsString;
use std::io;
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use serde_json::{Value, json};

/// Runs `command` to its end with the meter's own standard streams and returns what it cost.
///
/// The object has `wall_seconds`, `user_seconds`, `system_seconds`, `peak_kib` and `exit_code` (`null` after a signal).
/// CPU time includes all descendants that were waited for; `peak_kib` is the largest single process among them.
pub fn measure(program: &OsString, arguments: &[OsString]) -> io::Result<Value> {
    let start = Instant::now();
    let status = Command::new(program).args(arguments).stdin(Stdio::null()).status()?;
    let wall = start.elapsed().as_secs_f64();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(io::Error::from)?;
    let seconds = |time: nix::sys::time::TimeVal| {
        std::time::Duration::new(time.tv_sec().unsigned_abs(), 0).as_secs_f64()
            + std::time::Duration::from_micros(time.tv_usec().unsigned_abs()).as_secs_f64()
    };
    Ok(json!({
        "wall_seconds": wall,
        "user_seconds": seconds(usage.user_time()),
        "system_seconds": seconds(usage.system_time()),
        "peak_kib": usage.max_rss(),
        "exit_code": status.code(),
    }))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_busy_command_costs_cpu_time_and_its_exit_code_is_kept() {
        let script = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; exit 3";
        let cost = measure(&"sh".into(), &["-c".into(), script.into()]).unwrap();
        assert_eq!(cost["exit_code"], 3);
        assert!(cost["user_seconds"].as_f64().unwrap() > 0.0);
        assert!(cost["peak_kib"].as_i64().unwrap() > 0);
    }
}
