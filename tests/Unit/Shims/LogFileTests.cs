using System.Runtime.InteropServices;
using System.Text;

using Microsoft.Extensions.Time.Testing;
using Microsoft.Win32.SafeHandles;

using Net.Cnm.Processes;
using Net.Linux.Descriptors;
using Net.Shims;
using Net.Shims.Logs;

namespace Net.Tests.Unit.Shims;

/// <summary>Writing and reading a log of several files in a folder of its own.</summary>
public sealed class LogFileTests : IDisposable
{
    // Ten bytes and a header: four of these records are 88 bytes.
    private const int FourRecords = 4 * (LogRecord.HeaderLength + 10);

    private readonly string _directory = Directory.CreateTempSubdirectory("log-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly SafeFileHandle _messages;
    private bool _isFull;

    public LogFileTests() => _messages = File.OpenHandle(Path.Combine(_directory, "messages"), FileMode.Create, FileAccess.Write);

    public void Dispose()
    {
        _messages.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void A_file_is_begun_where_the_one_before_is_full_and_the_newest_are_kept()
    {
        using LogWriter log = NewWriter(files: 3);
        Write(log, 1, 18);

        Assert.Equal(
            ["00000000000000b0.log", "0000000000000108.log", "0000000000000160.log"],
            Directory.GetFiles(_directory, "*.log").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Files(), file => Assert.True(file.Length <= FourRecords));
        Assert.All(Files(), file => Assert.Equal("0600", $"0{Convert.ToString((int)file.UnixFileMode, 8)}"));
        Assert.Equal(Numbers(9, 18), ReadAll(log));
    }

    [Fact]
    public void One_file_alone_is_begun_anew()
    {
        using LogWriter log = NewWriter(files: 1);
        Write(log, 1, 6);
        Assert.Equal(Numbers(5, 6), ReadAll(log));
    }

    [Fact]
    public void A_piece_that_is_longer_than_a_file_has_one_of_its_own()
    {
        using LogWriter log = NewWriter(files: 2, size: 1);
        Write(log, 1, 3);
        Assert.Equal(Numbers(2, 3), ReadAll(log));
        Assert.Equal(2, Files().Length);
    }

    [Fact]
    public void A_long_piece_is_split_where_a_file_is_to_be_shorter()
    {
        using LogWriter log = NewWriter(files: 3, size: 5000);
        byte[] piece = [.. Enumerable.Range(0, 12_000).Select(number => (byte)(number * 7 / 5))];
        log.Write(StreamKind.StandardError, [.. new byte[LogRecord.HeaderLength], .. piece]);
        Assert.Equal([5000, 5000, 2036], Files().Select(file => file.Length));

        using var reader = new LogReader(_directory, 0);
        var read = new List<byte>();
        while (reader.TryRead(log.Length) is { } record)
        {
            Assert.Equal(StreamKind.StandardError, record.Stream);
            read.AddRange(record.Bytes.Span);
        }

        Assert.Equal(piece, read);
    }

    [Fact]
    public void A_log_goes_on_where_it_ended_and_an_incomplete_record_is_cut_off()
    {
        using (LogWriter log = NewWriter())
        {
            Write(log, 1, 2);
        }

        FileInfo file = Assert.Single(Files());
        long whole = file.Length;
        for (int extra = 1; extra < LogRecord.HeaderLength + 10; extra++)
        {
            byte[] torn = new byte[LogRecord.HeaderLength + 10];
            LogRecord.WriteHeader(torn, StreamKind.StandardOutput, 10, _time.GetUtcNow());
            using (FileStream stream = file.Open(FileMode.Open))
            {
                stream.SetLength(whole);
                stream.Position = whole;
                stream.Write(torn.AsSpan(0, extra));
            }

            using LogWriter again = NewWriter();
            Assert.Equal(whole, again.Length);
            Assert.Equal(Numbers(1, 2), ReadAll(again));
        }

        using LogWriter last = NewWriter();
        Write(last, 3, 9);
        Assert.Equal(Numbers(1, 9), ReadAll(last));
    }

    [Fact]
    public void Zeros_that_a_power_failure_left_are_cut_off_and_a_reader_passes_over_them()
    {
        using (LogWriter log = NewWriter())
        {
            Write(log, 1, 2);
        }

        string path = Assert.Single(Files()).FullName;
        File.AppendAllText(path, new string('\0', 100));
        using var reader = new LogReader(_directory, 0);
        Assert.Equal(Numbers(1, 2), ReadAll(reader, reader.Length));
        using LogWriter again = NewWriter();
        Write(again, 3, 3);
        Assert.Equal(Numbers(1, 3), ReadAll(again));
    }

    [Fact]
    public void A_reader_follows_across_files_and_stops_at_the_length_that_it_is_told()
    {
        using LogWriter log = NewWriter(files: 3);
        using var reader = new LogReader(_directory, 0);
        for (int number = 1; number <= 40; number++)
        {
            Write(log, number, number);
            Assert.Null(reader.TryRead(log.Length - 1));
            Assert.Equal($"{number:d10}", Text(reader.TryRead(log.Length)));
            Assert.Equal(log.Length, reader.Position);
            Assert.Equal(log.Length, reader.Length);
        }
    }

    [Fact]
    public void A_reader_that_was_overtaken_finishes_its_file_and_goes_on_with_the_oldest_that_is_kept()
    {
        using LogWriter log = NewWriter(files: 2);
        Write(log, 1, 4);
        using var reader = new LogReader(_directory, 0);
        Write(log, 5, 17);
        Assert.Equal([.. Numbers(1, 4), .. Numbers(13, 17)], ReadAll(reader, log.Length));
    }

    [Fact]
    public void A_reader_begins_in_the_file_that_has_its_offset()
    {
        using LogWriter log = NewWriter(files: 3);
        Write(log, 1, 6);
        long start = log.Length;
        Write(log, 7, 9);
        using var reader = new LogReader(_directory, start);
        Assert.Equal(Numbers(7, 9), ReadAll(reader, log.Length));
    }

    [Fact]
    public void A_reader_that_has_opened_the_rest_reads_it_after_it_was_removed()
    {
        using LogWriter log = NewWriter(files: 5);
        Write(log, 1, 2);
        using var reader = new LogReader(_directory, 0);
        Write(log, 3, 17);
        reader.OpenRest();
        Array.ForEach(Files(), file => file.Delete());
        Assert.Equal(log.Length, reader.Length);
        Assert.Equal(Numbers(1, 17), ReadAll(reader, log.Length));
    }

    [Fact]
    public void An_attached_reader_fills_the_log_when_it_is_behind_and_loses_no_file_that_it_has_still_to_read()
    {
        using LogWriter log = NewWriter(files: 1, size: 100_000);
        log.SlowestReader = 0;
        int pieces = 0;
        for (; !log.IsFull; pieces++)
        {
            log.Write(StreamKind.StandardOutput, new byte[LogRecord.HeaderLength + 50_000]);
        }

        Assert.InRange(log.Length, LogWriter.MaximumLag, LogWriter.MaximumLag + 60_000);
        using var reader = new LogReader(_directory, 0);
        Assert.Equal(pieces, ReadAll(reader, log.Length).Count);

        log.SlowestReader = reader.Position;
        Assert.False(log.IsFull);
        log.Write(StreamKind.StandardOutput, new byte[LogRecord.HeaderLength + 60_000]);
        Assert.Single(Files());
    }

    [Fact]
    public void What_cannot_be_written_is_counted_and_said_once_a_minute_at_most()
    {
        using LogWriter log = NewWriter();
        Write(log, 1, 1);
        _isFull = true;
        Write(log, 2, 6);
        string lost = $"output is lost, since the log in {_directory} cannot be written: No space left on device";
        Assert.StartsWith(lost, log.Loss.Notice, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(59));
        Write(log, 7, 7);
        Assert.Equal(1, log.Loss.NoticeCount);
        _time.Advance(TimeSpan.FromSeconds(1));
        Write(log, 8, 8);
        Assert.StartsWith(
            $"output is still lost, 70 bytes so far, since the log in {_directory}", log.Loss.Notice, StringComparison.Ordinal);

        _isFull = false;
        Write(log, 9, 9);
        Review(log, LogLoss.EndInterval);
        Assert.StartsWith(
            $"the log in {_directory} is written again; 70 bytes of output were lost: No space",
            log.Loss.Notice,
            StringComparison.Ordinal);
        Assert.Equal(["0000000001", "0000000009"], ReadAll(log));
        Assert.Null(log.Loss.Deadline);

        _isFull = true;
        Write(log, 10, 22);
        Assert.Equal(3, log.Loss.NoticeCount);
        _time.Advance(TimeSpan.FromMinutes(1));
        Write(log, 23, 23);
        Assert.Equal(4, log.Loss.NoticeCount);
        Assert.StartsWith(lost, log.Loss.Notice, StringComparison.Ordinal);
        log.Loss.Close();
        Assert.StartsWith("the command has ended; 140 bytes of its output were lost", log.Loss.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_is_said_to_be_written_again_when_nothing_was_lost_for_a_second()
    {
        using LogWriter log = NewWriter();
        for (int i = 0; i < 20; i++)
        {
            _isFull = true;
            Write(log, i, i);
            _isFull = false;
            Write(log, i, i);
            Review(log, LogLoss.EndInterval / 2);
        }

        Assert.Equal(1, log.Loss.NoticeCount);
        Review(log, LogLoss.EndInterval / 2);
        Assert.StartsWith(
            $"the log in {_directory} is written again; 200 bytes of output were lost", log.Loss.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_began_and_ended_too_soon_after_another_is_told_a_minute_later()
    {
        using LogWriter log = NewWriter();
        foreach (int number in new[] { 1, 2 })
        {
            _isFull = true;
            Write(log, number, number);
            _isFull = false;
            Write(log, number, number);
            Review(log, LogLoss.EndInterval);
            Assert.Equal(2, log.Loss.NoticeCount);
        }

        Review(log, log.Loss.Deadline!.Value - _time.GetUtcNow());
        Assert.Equal(3, log.Loss.NoticeCount);
        Assert.StartsWith(
            $"the log in {_directory} is written again; 10 bytes of output were lost", log.Loss.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_gone_costs_output_only()
    {
        using LogWriter log = NewWriter();
        Directory.Delete(_directory, recursive: true); // no file can be begun
        Write(log, 1, 1);
        Assert.StartsWith(
            $"output is lost, since the log in {_directory} cannot be written: No such file", log.Loss.Notice, StringComparison.Ordinal);
        Directory.CreateDirectory(_directory);
        Write(log, 2, 2);
        Assert.Equal(["0000000002"], ReadAll(log));
    }

    [Theory]
    [InlineData(100L << 20, DiskReserve.Length)]
    [InlineData(256L << 10, 64L << 10)]
    [InlineData(0, 0)]
    public void A_log_leaves_the_reserve_of_its_disk(long total, long reserve)
    {
        int length = LogRecord.HeaderLength + 10;
        long free = reserve + 5 * length;
        using LogWriter log = NewWriter(read: _ => new DiskSpace(total, free));
        for (int number = 1; number <= 9; number++)
        {
            long before = log.Length;
            Write(log, number, number);
            free -= log.Length - before;
        }

        Assert.Equal(total == 0 ? Numbers(1, 9) : Numbers(1, 5), ReadAll(log));
    }

    [Fact]
    public void What_passes_the_reserve_together_with_what_others_write_is_given_back()
    {
        int looks = 0;
        using LogWriter log = NewWriter(read: _ => new DiskSpace(100 << 20, ++looks % 2 == 1 ? 2 << 20 : DiskReserve.Length - 1));
        Write(log, 1, 1);
        Assert.Equal((0L, 0L, 1), (log.Length, Assert.Single(Files()).Length, log.Loss.NoticeCount));
    }

    private LogWriter NewWriter(int files = 3, long size = FourRecords, Func<SafeHandle, DiskSpace?>? read = null) => new(
        _directory,
        size,
        files,
        _time,
        new LogLoss(_directory, new MessageLog(_messages, _time), _time),
        new DiskReserve(read ?? (_ => new DiskSpace(1 << 30, _isFull ? 0 : 1 << 29))));

    private void Review(LogWriter log, TimeSpan later)
    {
        _time.Advance(later);
        log.Loss.Review();
    }

    private FileInfo[] Files() => [.. new DirectoryInfo(_directory).GetFiles("*.log").OrderBy(file => file.Name, StringComparer.Ordinal)];

    private static string[] Numbers(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(number => $"{number:d10}")];

    private static void Write(LogWriter log, int first, int last)
    {
        foreach (string number in Numbers(first, last))
        {
            log.Write(StreamKind.StandardOutput, [.. new byte[LogRecord.HeaderLength], .. Encoding.ASCII.GetBytes(number)]);
        }
    }

    private List<string> ReadAll(LogWriter log)
    {
        using var reader = new LogReader(_directory, 0);
        return ReadAll(reader, log.Length);
    }

    private static List<string> ReadAll(LogReader reader, long limit)
    {
        var all = new List<string>();
        while (reader.TryRead(limit) is { } record)
        {
            all.Add(Text(record));
        }

        return all;
    }

    private static string Text(LogRecord? record) => Encoding.ASCII.GetString(record!.Value.Bytes.Span);
}
