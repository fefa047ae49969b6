"""A foreign project whose build system is setuptools, embedding the core through setuptools-rust."""

import os

from setuptools import setup
from setuptools_rust import Binding, RustExtension

setup(
    rust_extensions=[
        RustExtension(
            "embedding.cde_rust_core",
            path=os.environ["CDE_CORE_MANIFEST"],
            binding=Binding.PyO3,
            features=["extension-module"],
            debug=True,
            args=["--locked"],
        )
    ]
)
