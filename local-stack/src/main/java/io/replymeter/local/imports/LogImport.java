package io.replymeter.local.imports;

import io.replymeter.local.api.ImportResult;
import io.replymeter.local.api.MessagingApi;
import io.replymeter.local.api.RowsUnreadable;
import io.replymeter.local.progress.Progress;
import io.replymeter.local.stack.CannotContinue;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Imports a message log into a running stack. Importing the same rows again changes nothing. */
public final class LogImport {

    /** The shift that makes the newest message one from now. */
    public static final String TO_NOW = "to-now";

    /** The file in a data folder that keeps the shifts of imported logs. */
    public static final String SHIFTS = "import-shifts.properties";

    /** Small enough to show progress, large enough to be fast. The endpoint takes up to 10,000. */
    private static final int CHUNK = 5_000;

    private final MessagingApi api;
    private final EarlierShifts earlierShifts;
    private final Consumer<String> say;

    /**
     * @param shifts the file that keeps the shifts of imported logs
     * @param say takes the lines that tell the user what happened
     */
    public LogImport(MessagingApi api, Path shifts, Consumer<String> say) {
        this.api = api;
        this.earlierShifts = new EarlierShifts(shifts);
        this.say = say;
    }

    /**
     * Imports {@code file}.
     *
     * @param shift how far to move its times: an ISO-8601 duration, seconds, {@value #TO_NOW}, or null for not at all
     * @return whether the service now has every row
     * @throws CannotContinue when the file cannot be read or the service does not answer
     */
    public boolean run(Path file, @Nullable String shift) {
        MessageLog log = new MessageLog(file);
        MessageLog.Survey survey = log.survey();
        TimeShift timeShift = timeShift(shift, file, survey);
        if (shift != null) {
            say.accept("Times are moved by " + timeShift + "; the same again: --shift " + timeShift);
        }
        ImportSummary summary = new ImportSummary();
        try {
            upload(log, survey, timeShift, summary);
        } finally {
            if (summary.hasPresentRows()) {
                earlierShifts.remember(file, timeShift);
            }
        }
        summary.lines().forEach(say);
        if (summary.hasRejectedRows()) {
            explainByEarlierShift(file, timeShift);
        }
        return !summary.hasRejectedRows();
    }

    private void explainByEarlierShift(Path file, TimeShift shift) {
        earlierShifts
                .of(file)
                .filter(earlier -> !earlier.equals(shift.toString()))
                .ifPresent(earlier -> say.accept("This file was imported before with --shift " + earlier
                        + ". With the same shift again, rows that are present already stay unchanged."));
    }

    /**
     * Imports rows that this program made.
     *
     * @param moreColumns the columns after those that every log has
     * @param task names the rows in the progress display
     */
    public boolean run(List<String> moreColumns, List<String> rows, String task) {
        LogHeader header = LogHeader.of(moreColumns);
        ImportSummary summary = new ImportSummary();
        try (Progress progress = Progress.of(task, rows.size(), "messages")) {
            ChunkBuilder chunks = new ChunkBuilder(header, CHUNK, chunk -> upload(chunk, summary, progress));
            long line = 1;
            for (String row : rows) {
                line++;
                chunks.add(line, row);
            }
            chunks.finish();
        }
        summary.lines().forEach(say);
        return !summary.hasRejectedRows();
    }

    private void upload(MessageLog log, MessageLog.Survey survey, TimeShift shift, ImportSummary summary) {
        try (Progress progress = Progress.of("Importing", survey.rows(), "messages")) {
            log.forEachChunk(CHUNK, shift, chunk -> upload(chunk, summary, progress));
        } catch (CannotContinue e) {
            throw new CannotContinue(
                    e.getMessage() + " Then import the file again with --shift " + shift
                            + ". Rows that are present already stay unchanged.",
                    e);
        }
    }

    private void upload(Chunk chunk, ImportSummary summary, Progress progress) {
        try {
            uploadReadable(chunk, summary);
        } catch (CannotContinue e) {
            throw new CannotContinue("Stopped at line " + chunk.firstLine() + ". " + e.getMessage(), e);
        }
        progress.advance(chunk.rows().size());
    }

    /** Halves a chunk that the service cannot parse until the bad row is alone: all other rows are imported. */
    private void uploadReadable(Chunk chunk, ImportSummary summary) {
        try {
            summary.add(api.importRows(chunk.csv(), chunk.firstLine()));
        } catch (RowsUnreadable e) {
            if (chunk.rows().size() == 1) {
                summary.add(ImportResult.unreadable(chunk.firstLine()));
            } else {
                chunk.halves().forEach(half -> uploadReadable(half, summary));
            }
        }
    }

    private static TimeShift timeShift(@Nullable String shift, Path file, MessageLog.Survey survey) {
        if (shift == null) {
            return TimeShift.NONE;
        }
        if (!shift.equals(TO_NOW)) {
            return TimeShift.parse(shift);
        }
        if (survey.newest() == null) {
            throw new CannotContinue(file + " has no row with a time, so that none can be moved to now.");
        }
        return TimeShift.between(survey.newest(), Clock.systemUTC().instant());
    }
}
