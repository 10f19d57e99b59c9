//! What a practice is about.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The kind of thing a practice is about. The twelve categories of CAPP-130 and APPSI-139,
/// with international transfer apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// Getting data from or about the user.
    Collection,
    /// Asking for a permission of the device or for authorisation.
    Permission,
    /// Using data.
    Use,
    /// Giving data to others.
    Sharing,
    /// Storing data, and for how long.
    Retention,
    /// Protecting data.
    Security,
    /// What the user may demand or choose.
    Rights,
    /// Minors and other particular audiences.
    Audience,
    /// Moving data to other countries.
    Transfer,
    /// Changing the policy.
    Change,
    /// Whom to turn to.
    Contact,
    /// Ending the service.
    Cessation,
}
