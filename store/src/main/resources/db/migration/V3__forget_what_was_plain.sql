-- Pages that are free since V2 still hold settings in plain text; this writes the file anew without them.
VACUUM;
