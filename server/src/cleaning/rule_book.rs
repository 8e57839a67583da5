use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use survey::{
    cleaning::{self, Cleaned, Decision, Raw, RuleSet},
    instrument::{self, Instrument},
};
use uuid::Uuid;

use crate::{
    clock::{Chance, NoChance},
    instruments,
    storage::{Actor, Database, NewRuleSet, Timestamp},
};

/// What cleans one unit.
pub type Clean = fn(&RuleSet, &Instrument, &Raw, &[Decision]) -> Cleaned;

/// The rules that each round is cleaned with. Clones share what was loaded.
#[derive(Clone)]
pub struct RuleBook {
    source: fn(&str) -> Option<String>,
    clean: Clean,
    ready: Arc<Mutex<HashMap<Uuid, Option<Arc<Ready>>>>>,
}

/// A round's questionnaire with its rules, ready to clean.
pub struct Ready {
    pub instrument: Arc<Instrument>,
    pub rules: RuleSet,
    /// The rules' whole file.
    pub source: String,
    pub clean: Clean,
}

#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    #[error("the round's questionnaire has {0} faults in this version of the program")]
    Instrument(usize),
    #[error("the cleaning rules have {0} faults for the round's questionnaire")]
    Rules(usize),
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// The rules that the program carries.
impl Default for RuleBook {
    fn default() -> Self {
        Self::new(instruments::rules, cleaning::clean)
    }
}

impl fmt::Debug for RuleBook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RuleBook(…)")
    }
}

impl RuleBook {
    /// `source` gives the file of rules for an instrument's key.
    pub fn new(source: fn(&str) -> Option<String>, clean: Clean) -> Self {
        Self {
            source,
            clean,
            ready: Arc::default(),
        }
    }

    /// The rules of a round; none where its questionnaire has no rules.
    pub async fn of_round(
        &self,
        database: &Database,
        round: Uuid,
    ) -> Result<Option<Arc<Ready>>, RulesError> {
        let known = {
            let ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
            ready.get(&round).cloned()
        };
        if let Some(known) = known {
            return Ok(known);
        }
        let source = database.instrument_source(round).await?;
        let loaded = match source {
            Some(source) => self.load(&source)?.map(Arc::new),
            None => None,
        };
        self.ready
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(round, loaded.clone());
        Ok(loaded)
    }

    fn load(&self, instrument: &str) -> Result<Option<Ready>, RulesError> {
        let instrument =
            instrument::load(instrument).map_err(|faults| RulesError::Instrument(faults.len()))?;
        let Some(source) = (self.source)(&instrument.key) else {
            return Ok(None);
        };
        let rules = RuleSet::load(&source, &instrument)
            .map_err(|faults| RulesError::Rules(faults.len()))?;
        Ok(Some(Ready {
            instrument: Arc::new(instrument),
            rules,
            source,
            clean: self.clean,
        }))
    }
}

impl Ready {
    /// The names of what the instrument asks of the register.
    pub fn register_fields(&self) -> Vec<&str> {
        let fields = self.instrument.register.iter();
        fields.map(|field| field.key.as_str()).collect()
    }

    /// The identity that the rules are kept by, keeping them where nothing was cleaned with them before.
    pub async fn kept(
        &self,
        database: &Database,
        chance: Chance,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Uuid, RulesError> {
        let new = NewRuleSet {
            id: chance.id(now)?,
            instrument_key: self.instrument.key.clone(),
            version: self.rules.version.clone(),
            source: self.source.clone(),
            audit_id: chance.id(now)?,
        };
        Ok(database.keep_rule_set(&new, actor, now).await?)
    }
}
