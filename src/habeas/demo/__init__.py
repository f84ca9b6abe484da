"""A fresh desk filled from bundled sample reports about invented people."""
