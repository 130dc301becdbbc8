-- The first UTC day whose inquiries a generation keeps: a rebuild does not write what the clean-up has removed from the live
-- generation when it begins. NULL: all days.
ALTER TABLE generation ADD COLUMN first_day date;
