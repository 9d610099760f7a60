"""Reading a directive: from its text to the tasks that it gives. Rules of the language of administrative documents."""
