//! In: what the settings say about secrets and about the place of the ledger. Out: both as values, no secret among them.

/// A secret by reference; the value is read last, by `io::secrets`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretRef {
    /// An environment variable.
    Env(String),
    /// A file, its last line end cut.
    File(String),
    /// The output of a command, its last line end cut.
    Command(Vec<String>),
}

/// Where ledger and log live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StateSettings {
    /// `ledger/` below the root.
    Folder,
    /// A branch that holds nothing else.
    Git {
        /// Its name.
        branch: String,
        /// Address of the repository; where none is named, that of `origin`, or the repository that the site lies in.
        remote: Option<String>,
    },
    /// A PostgreSQL database.
    Postgres {
        /// `postgres://USER:PASSWORD@HOST/DATABASE`.
        url: SecretRef,
        /// The schema that holds its tables.
        schema: String,
    },
    /// A bucket of a store that speaks S3 and knows conditional writes.
    S3(Bucket),
}

impl StateSettings {
    /// Whether the state can only be read over a network, or by another program.
    pub fn is_remote(&self) -> bool {
        *self != StateSettings::Folder
    }
}

/// A place in an S3-compatible store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// The bucket.
    pub name: String,
    /// Folder in it, without `/` at its ends; empty for the whole bucket.
    pub prefix: String,
    /// Address of the service; Amazon's own where none is named.
    pub endpoint: Option<String>,
    /// Its region.
    pub region: String,
    /// The access key.
    pub key: SecretRef,
    /// The secret key.
    pub secret: SecretRef,
    /// The session token of temporary keys.
    pub token: Option<SecretRef>,
    /// Whether the bucket stands in the path of an address, not in its host.
    pub path_style: bool,
}
