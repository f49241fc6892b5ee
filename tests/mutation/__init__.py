"""The mutation run: changes the code of some modules, one place at a time, and sees whether the tests notice."""
