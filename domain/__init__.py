"""The rules of the agency: values and pure functions, readable without knowing any library."""
