use std::fmt;

/// Who does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody who is signed in, by e-mail address.
    Staff(String),
    /// Whoever may run the program on the server's machine.
    CommandLine,
    /// The server by itself: what is due at a time, what a mail server said.
    Server,
    /// Whoever holds a personal link.
    Chief,
}

/// As it stands in the log and in the register's history.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Staff(email) => email,
            Self::CommandLine => "command line",
            Self::Server => "server",
            Self::Chief => "chief",
        })
    }
}
