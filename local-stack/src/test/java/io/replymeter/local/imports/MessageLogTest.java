package io.replymeter.local.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replymeter.local.stack.CannotContinue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageLogTest {

    @TempDir
    Path folder;

    @Test
    void chunksKeepTheOrderAndKnowTheirFirstLine() throws IOException {
        List<Chunk> chunks = chunks("a\nb\nc\nd\ne\n", 2);

        assertThat(chunks).containsExactly(chunk(2, "a", "b"), chunk(4, "c", "d"), chunk(6, "e"));
    }

    @Test
    void aBlankLineEndsAChunkSoThatLineNumbersStayTrue() throws IOException {
        List<Chunk> chunks = chunks("a\n\nb\r\nc", 10);

        assertThat(chunks).containsExactly(chunk(2, "a"), chunk(4, "b", "c"));
    }

    @Test
    void everyChunkHasTheHeader() {
        assertThat(chunk(7, "a", "b").csv()).isEqualTo(LogHeader.REQUIRED + "\na\nb\n");
    }

    @Test
    void theSurveyCountsRowsAndFindsTheNewestTimeWhereverItStands() throws IOException {
        MessageLog.Survey survey = log("""
                m,c,k,p,CLIENT,2026-01-02T00:00:00Z
                m,c,k,p,CLIENT,2026-01-03T00:00:00.5Z

                m,c,k,p,CLIENT,unreadable
                m,c,k,p,CLIENT,2026-01-01T00:00:00Z
                """).survey();

        assertThat(survey).isEqualTo(new MessageLog.Survey(4, Instant.parse("2026-01-03T00:00:00.5Z")));
    }

    @Test
    void moreColumnsAreKeptAndTheirTimesMoveToo() throws IOException {
        String header = "excused_at," + LogHeader.REQUIRED + ",kind,answerable_from";
        MessageLog log = new MessageLog(Files.writeString(
                folder.resolve("more.csv"),
                header + "\n2026-01-01T02:00:00Z,m,c,k,p,CLIENT,2026-01-01T00:00:00Z,,2026-01-05T00:00:00Z\n"));
        List<Chunk> chunks = new ArrayList<>();

        log.forEachChunk(10, TimeShift.parse("PT1H"), chunks::add);

        assertThat(chunks)
                .containsExactly(new Chunk(
                        header,
                        2,
                        List.of("2026-01-01T03:00:00Z,m,c,k,p,CLIENT,2026-01-01T01:00:00Z,,2026-01-05T01:00:00Z")));
        assertThat(log.survey().newest())
                .as("an excuse must not move into the future, an opening may")
                .isEqualTo(Instant.parse("2026-01-01T02:00:00Z"));
    }

    @Test
    void aByteOrderMarkAndQuotesInTheHeaderAreAccepted() throws IOException {
        Path file = folder.resolve("excel.csv");
        Files.writeString(file, "\uFEFF\"" + LogHeader.REQUIRED.replace(",", "\",\"") + "\"\r\nrow\r\n");

        assertThat(new MessageLog(file).survey().rows()).isEqualTo(1);
    }

    @Test
    void aFileThatIsNoMessageLogIsRefusedWithTheHeaderItNeeds() throws IOException {
        Path file = Files.writeString(folder.resolve("other.csv"), "name,age\nAnn,3\n");

        assertThatThrownBy(() -> new MessageLog(file).survey())
                .isInstanceOf(CannotContinue.class)
                .hasMessageContaining(LogHeader.REQUIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_name", "sent_at", "kind,kind", ""})
    void columnsThatNoLogHasAreRefused(String more) throws IOException {
        Path file = Files.writeString(folder.resolve("more.csv"), LogHeader.REQUIRED + "," + more + "\n");

        assertRefused(file, "first line must be");
    }

    @Test
    void anEmptyAMissingAFolderAndAnUnreadableFileAreRefused() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.csv"));
        Path latin = Files.write(
                folder.resolve("latin.csv"),
                (LogHeader.REQUIRED + "\nm\u00fc\n").getBytes(StandardCharsets.ISO_8859_1));

        assertRefused(empty, "first line must be");
        assertRefused(folder.resolve("none.csv"), "There is no file");
        assertRefused(folder, "Cannot read");
        assertRefused(latin, "UTF-8");
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> new MessageLog(file).survey())
                .isInstanceOf(CannotContinue.class)
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }

    private List<Chunk> chunks(String rows, int size) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        log(rows).forEachChunk(size, TimeShift.NONE, chunks::add);
        return chunks;
    }

    private MessageLog log(String rows) throws IOException {
        return new MessageLog(Files.writeString(folder.resolve("log.csv"), LogHeader.REQUIRED + "\n" + rows));
    }

    private static Chunk chunk(long firstLine, String... rows) {
        return new Chunk(LogHeader.REQUIRED, firstLine, List.of(rows));
    }
}
