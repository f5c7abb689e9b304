using Net.Cnm.Errors;
using Net.Controller.Stores;

namespace Net.Tests.Unit.Controller.Stores;

/// <summary>What a store says that was damaged, cut off or deleted while no daemon ran.</summary>
public sealed class StoreLossTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("netctl-test-");
    private readonly RememberingLog _log = new();

    private string StorePath => Path.Combine(_directory.FullName, "netctl.db");

    [Fact]
    public void A_store_that_was_closed_or_killed_and_is_whole_says_nothing()
    {
        Fill(killed: false);
        AssertWhole();
        Fill(killed: true);
        AssertWhole();
    }

    // A log puts right what was damaged of the pages that it holds, and the first page is always among them.
    public static TheoryData<string, bool> Damages() => new(
        from damage in (string[])["64 random bytes at 100", "cut in half", "cut to nothing", "a page of zeros", "letters"]
        from killed in (bool[])[false, true]
        where damage != "64 random bytes at 100" || !killed
        select (damage, killed));

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_database_is_set_aside_and_the_store_says_so_until_that_is_accepted(string damage, bool killed)
    {
        Fill(killed);
        Damage(damage);
        byte[] damaged = File.ReadAllBytes(StorePath);

        using (SqliteStore store = Open())
        {
            Assert.Empty(store.Load().Networks);
            StoreLoss loss = Assert.IsType<StoreLoss>(store.Loss);
            Assert.Equal(StoreLossKind.SetAside, loss.Kind);
            Assert.Equal([loss.Reason], _log.Warnings);
            string aside = Directory.GetFiles(_directory.FullName, "netctl.db.corrupt-*").Order(StringComparer.Ordinal).First();
            Assert.Contains($"was set aside as {aside} ", loss.Reason, StringComparison.Ordinal);
            if (!killed)
            {
                Assert.Equal(damaged, File.ReadAllBytes(aside));
            }

            store.Save(SampleModel.Change());
        }

        // Another start does not make it undone: what the model does not know may still run.
        using (SqliteStore next = Open())
        {
            Assert.NotEmpty(next.Load().Networks);
            Assert.Equal(StoreLossKind.SetAside, next.Loss?.Kind);
            next.AcceptLoss();
            Assert.Null(next.Loss);
        }

        AssertWhole();
    }

    [Fact]
    public void A_log_that_was_deleted_after_a_kill_is_told()
    {
        using (SqliteStore first = Open())
        {
            first.Save(SampleModel.Change());
        }

        Fill(killed: true);
        File.Delete($"{StorePath}-wal");
        using SqliteStore store = Open();
        store.Load();
        Assert.Equal(StoreLossKind.LogMissing, store.Loss?.Kind);
        Assert.Equal(
            $"the log {StorePath}-wal of the store is gone, although the daemon was not stopped in order; what was stored last is lost",
            Assert.Single(_log.Warnings));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_database_that_was_deleted_is_told_and_its_log_is_kept(bool killed)
    {
        Fill(killed);
        File.Delete(StorePath);
        using SqliteStore store = Open();
        Assert.Empty(store.Load().Networks);
        Assert.Equal(StoreLossKind.Missing, store.Loss?.Kind);
        Assert.Equal(killed, Directory.GetFiles(_directory.FullName, "netctl.db.corrupt-*-wal").Length == 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-wal")]
    [InlineData("-shm")]
    [InlineData("-state")]
    [InlineData("-lost")]
    public void A_directory_in_the_place_of_a_file_is_refused_in_one_sentence_and_nothing_is_touched(string file)
    {
        Fill(killed: false);
        File.Delete(StorePath + file);
        Directory.CreateDirectory(StorePath + file);
        string[] before = Directory.GetFileSystemEntries(_directory.FullName);
        CnmException error = Assert.Throws<CnmException>(Open);
        Assert.Equal(CnmErrorKind.Unavailable, error.Kind);
        Assert.Equal(
            $"the store's file {StorePath + file} is a directory; move it away, and put the file back where there was one, then start "
                + "again",
            error.Message);
        Assert.Equal(before, Directory.GetFileSystemEntries(_directory.FullName));
    }

    [Fact]
    public void A_folder_in_which_there_was_never_a_store_has_lost_nothing()
    {
        using SqliteStore store = Open();
        Assert.Null(store.Loss);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void A_program_that_holds_the_store_is_named_after_the_busy_limit()
    {
        using SqliteStore store = SqliteStore.Open(StorePath, _log, TimeProvider.System, new SqliteStoreOptions
        {
            BusyLimit = TimeSpan.FromSeconds(1),
            DescribeHolder = files => files.Contains($"{StorePath}-shm") ? "process 7 (backup)" : null,
        });
        using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={StorePath};Pooling=False");
        other.Open();
        using Microsoft.Data.Sqlite.SqliteTransaction held = other.BeginTransaction();
        CnmException error = Assert.Throws<CnmException>(() => store.Save(SampleModel.Change()));
        Assert.Equal(CnmErrorKind.Unavailable, error.Kind);
        Assert.Equal($"the store {StorePath} is held by process 7 (backup); end that one, then try again", error.Message);
        held.Rollback();
        store.Save(SampleModel.Change());
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private SqliteStore Open() => SqliteStore.Open(StorePath, _log, TimeProvider.System);

    private void AssertWhole()
    {
        _log.Warnings.Clear();
        using SqliteStore store = Open();
        Assert.Equal(SampleModel.Text(SampleModel.Make()), SampleModel.Text(store.Load()));
        Assert.Null(store.Loss);
        Assert.Empty(_log.Warnings);
    }

    /// <summary>Leaves a store with the sample model, as a daemon does that was stopped, or one that was killed: with everything since the
    /// last checkpoint in its log.</summary>
    private void Fill(bool killed)
    {
        foreach (FileInfo file in _directory.EnumerateFiles())
        {
            file.Delete();
        }

        SqliteStore.Open(StorePath, _log, TimeProvider.System).Dispose(); // the schema is in the database
        using (SqliteStore store = Open())
        {
            store.Save(SampleModel.Change());
            if (killed)
            {
                foreach (FileInfo file in _directory.EnumerateFiles())
                {
                    file.CopyTo($"{file.FullName}.killed");
                }
            }
        }

        foreach (FileInfo file in _directory.EnumerateFiles("*.killed"))
        {
            file.MoveTo(file.FullName[..^".killed".Length], overwrite: true);
        }
    }

    private void Damage(string damage)
    {
        byte[] bytes = File.ReadAllBytes(StorePath);
        switch (damage)
        {
            case "64 random bytes at 100":
                new Random(1).NextBytes(bytes.AsSpan(100, 64));
                break;
            case "cut in half":
                bytes = bytes[..(bytes.Length / 8192 * 4096)];
                break;
            case "cut to nothing":
                bytes = [];
                break;
            case "a page of zeros":
                bytes.AsSpan(4096, 4096).Clear();
                break;
            default:
                bytes = "a letter to somebody"u8.ToArray();
                break;
        }

        File.WriteAllBytes(StorePath, bytes);
        File.Delete($"{StorePath}-shm");
        _log.Warnings.Clear();
    }
}
