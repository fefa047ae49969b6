//! Records to Python objects: one serde serializer for every capability.
//!
//! A struct becomes an instance of the Python record class of the same name, called with its fields in order; a
//! sequence a tuple; a map a dict; a [`RepoPath`] what `os.fsdecode` gives. So both engines hand out the very same
//! classes, and a new record needs no code here.

use cde_core::{RepoPath, Value};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};
use serde::Serialize;
use serde::ser::{self, Serializer};
use std::ffi::OsStr;
use std::fmt;

static RECORD_CLASSES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();

/// Names the Python class of each record. Called once by the Rust engine when it loads the core; a later call
/// replaces the earlier.
#[pyfunction]
pub fn register_records(py: Python<'_>, classes: &Bound<'_, PyDict>) {
    let known = RECORD_CLASSES.get_or_init(py, || PyDict::new(py).unbind()).bind(py);
    known.clear();
    // Copying between two plain dicts with string keys cannot fail.
    let _ = known.update(classes.as_mapping());
}

/// `value` as a Python object.
pub fn to_python<'py, T: Serialize + ?Sized>(py: Python<'py>, value: &T) -> PyResult<Bound<'py, PyAny>> {
    value.serialize(Converter(py)).map_err(|failure| failure.0)
}

/// Carries a Python exception through serde.
#[derive(Debug)]
struct Failure(PyErr);

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

impl std::error::Error for Failure {}

impl ser::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(PyTypeError::new_err(message.to_string()))
    }
}

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

type Converted<'py> = Result<Bound<'py, PyAny>, Failure>;

#[derive(Clone, Copy)]
struct Converter<'py>(Python<'py>);

struct Sequence<'py> {
    py: Python<'py>,
    items: Vec<Bound<'py, PyAny>>,
}

struct Mapping<'py> {
    py: Python<'py>,
    dict: Bound<'py, PyDict>,
    key: Option<Bound<'py, PyAny>>,
}

struct Record<'py> {
    class: Bound<'py, PyAny>,
    fields: Vec<Bound<'py, PyAny>>,
    py: Python<'py>,
}

macro_rules! plain {
    ($($method:ident: $kind:ty),* $(,)?) => {
        $(fn $method(self, value: $kind) -> Converted<'py> {
            Ok(value.into_pyobject(self.0).map_err(|never| Failure(PyErr::from(never)))?.to_owned().into_any())
        })*
    };
}

impl<'py> Serializer for Converter<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;
    type SerializeSeq = Sequence<'py>;
    type SerializeTuple = Sequence<'py>;
    type SerializeTupleStruct = Sequence<'py>;
    type SerializeTupleVariant = ser::Impossible<Self::Ok, Failure>;
    type SerializeMap = Mapping<'py>;
    type SerializeStruct = Record<'py>;
    type SerializeStructVariant = ser::Impossible<Self::Ok, Failure>;

    plain! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_u128: u128, serialize_f32: f32, serialize_f64: f64, serialize_char: char, serialize_str: &str,
    }

    /// Bytes occur inside of a [`RepoPath`] only.
    #[cfg(unix)]
    fn serialize_bytes(self, bytes: &[u8]) -> Converted<'py> {
        use std::os::unix::ffi::OsStrExt;
        let text: Bound<'py, PyString> =
            OsStr::from_bytes(bytes).into_pyobject(self.0).map_err(|never| Failure(PyErr::from(never)))?;
        Ok(text.into_any())
    }

    fn serialize_none(self) -> Converted<'py> {
        Ok(self.0.None().into_bound(self.0))
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Converted<'py> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Converted<'py> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Converted<'py> {
        self.serialize_none()
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Converted<'py> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        name: &'static str,
        value: &T,
    ) -> Converted<'py> {
        debug_assert!(name != RepoPath::SERDE_NAME || cfg!(unix));
        let converted = value.serialize(self)?;
        if name == Value::LIST_SERDE_NAME {
            return Ok(PyList::new(self.0, converted.try_iter()?.collect::<PyResult<Vec<_>>>()?)?.into_any());
        }
        Ok(converted)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        value: &T,
    ) -> Converted<'py> {
        value.serialize(self)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Sequence<'py>, Failure> {
        Ok(Sequence { py: self.0, items: Vec::with_capacity(len.unwrap_or_default()) })
    }

    fn serialize_tuple(self, len: usize) -> Result<Sequence<'py>, Failure> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(self, _name: &'static str, len: usize) -> Result<Sequence<'py>, Failure> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeTupleVariant, Failure> {
        Err(ser::Error::custom(format!("{name}::{variant} has no Python form")))
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Mapping<'py>, Failure> {
        Ok(Mapping { py: self.0, dict: PyDict::new(self.0), key: None })
    }

    fn serialize_struct(self, name: &'static str, len: usize) -> Result<Record<'py>, Failure> {
        let class = match RECORD_CLASSES.get(self.0) {
            Some(classes) => classes.bind(self.0).get_item(name)?,
            None => None,
        };
        let class = class.ok_or_else(|| -> Failure {
            ser::Error::custom(format!("no record class {name} is registered"))
        })?;
        Ok(Record { class, fields: Vec::with_capacity(len), py: self.0 })
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeStructVariant, Failure> {
        Err(ser::Error::custom(format!("{name}::{variant} has no Python form")))
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

impl<'py> Sequence<'py> {
    fn push<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Failure> {
        self.items.push(value.serialize(Converter(self.py))?);
        Ok(())
    }

    fn finish(self) -> Converted<'py> {
        Ok(PyTuple::new(self.py, self.items)?.into_any())
    }
}

impl<'py> ser::SerializeSeq for Sequence<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Failure> {
        self.push(value)
    }

    fn end(self) -> Converted<'py> {
        self.finish()
    }
}

impl<'py> ser::SerializeTuple for Sequence<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Failure> {
        self.push(value)
    }

    fn end(self) -> Converted<'py> {
        self.finish()
    }
}

impl<'py> ser::SerializeTupleStruct for Sequence<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Failure> {
        self.push(value)
    }

    fn end(self) -> Converted<'py> {
        self.finish()
    }
}

impl<'py> ser::SerializeMap for Mapping<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Failure> {
        self.key = Some(key.serialize(Converter(self.py))?);
        Ok(())
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Failure> {
        let key = self.key.take();
        self.dict.set_item(key, value.serialize(Converter(self.py))?)?;
        Ok(())
    }

    fn end(self) -> Converted<'py> {
        Ok(self.dict.into_any())
    }
}

impl<'py> ser::SerializeStruct for Record<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), Failure> {
        self.fields.push(value.serialize(Converter(self.py))?);
        Ok(())
    }

    fn end(self) -> Converted<'py> {
        Ok(self.class.call1(PyTuple::new(self.py, self.fields)?)?)
    }
}
