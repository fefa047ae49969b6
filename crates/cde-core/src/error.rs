//! One error for all capabilities: a stable code, a sentence, the path it concerns and a hint.
//!
//! | code | meaning |
//! |---|---|
//! | `invalid-argument` | an argument is outside of what the operation accepts |
//! | `invalid-config` | the configuration has an unknown key or a value of the wrong type |
//! | `path-not-found` | the path that the call is about does not exist |
//! | `not-a-directory` | a directory is needed and something else was given |
//! | `permission-denied` | the operating system refused access to the path that the call is about |
//! | `io` | any other failure of the operating system |
//! | `limit-exceeded` | the input is larger or deeper than the limit |
//! | `cancelled`, `timeout` | the caller stopped the operation, or its time was up |
//! | `network`, `integrity` | the network failed; content does not match its digest |
//! | `engine-unavailable` | the engine asked for cannot be used |
//! | `internal` | a defect of CDE itself |

use std::fmt;
use std::io;
use std::path::Path;

use crate::path::RepoPath;

/// The result of an operation that can fail as a whole.
pub type Result<T> = std::result::Result<T, CoreError>;

macro_rules! codes {
    ($($variant:ident = $text:literal, $doc:literal;)*) => {
        /// The stable name of a kind of failure; see the table in this module's documentation.
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        pub enum ErrorCode { $(#[doc = $doc] $variant,)* }

        impl ErrorCode {
            /// Every code, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The code as users see it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

codes! {
    InvalidArgument = "invalid-argument", "An argument is outside of what the operation accepts.";
    InvalidConfig = "invalid-config", "The configuration cannot be used.";
    PathNotFound = "path-not-found", "The path that the call is about does not exist.";
    NotADirectory = "not-a-directory", "A directory is needed.";
    PermissionDenied = "permission-denied", "The operating system refused access.";
    Io = "io", "Any other failure of the operating system.";
    LimitExceeded = "limit-exceeded", "The input is larger or deeper than the limit.";
    Cancelled = "cancelled", "The caller stopped the operation.";
    Timeout = "timeout", "The time was up.";
    Network = "network", "The network failed.";
    Integrity = "integrity", "Content does not match its digest.";
    EngineUnavailable = "engine-unavailable", "The engine asked for cannot be used.";
    Internal = "internal", "A defect of CDE itself.";
}

/// Why a call cannot be answered.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CoreError {
    /// What kind of failure.
    pub code: ErrorCode,
    /// One sentence without a full stop.
    pub message: String,
    /// The path that the failure is about, as the caller gave it.
    pub path: Option<RepoPath>,
    /// What to do next.
    pub hint: Option<String>,
}

impl CoreError {
    /// An error without path and hint.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), path: None, hint: None }
    }

    /// The same error about `path`.
    #[must_use]
    pub fn at(mut self, path: impl Into<RepoPath>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The same error with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What the operating system reported about `path`, in words that both engines use.
    pub fn from_io(error: &io::Error, path: &Path) -> Self {
        let built = match error.kind() {
            io::ErrorKind::NotFound => Self::new(ErrorCode::PathNotFound, "no such file or directory")
                .hint("check the spelling; a relative path starts at the current directory"),
            io::ErrorKind::PermissionDenied => Self::new(ErrorCode::PermissionDenied, "permission denied")
                .hint("check the permissions of the path"),
            io::ErrorKind::NotADirectory => Self::new(ErrorCode::NotADirectory, "not a directory"),
            _ => Self::new(
                ErrorCode::Io,
                format!("the operating system failed (errno {})", error.raw_os_error().unwrap_or(0)),
            ),
        };
        built.at(path)
    }
}

impl fmt::Display for CoreError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(formatter, "{}: {}", self.message, path.escaped()),
            None => formatter.write_str(&self.message),
        }
    }
}

impl std::error::Error for CoreError {}
