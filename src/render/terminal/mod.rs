//! What every text for people goes through: the sink, its colours, its tables and templates.

pub mod column;
pub mod sink;
pub mod table;
pub mod template;
pub mod text;
