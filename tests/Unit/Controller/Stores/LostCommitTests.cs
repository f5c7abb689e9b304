using Net.Controller.Models;
using Net.Controller.Stores;

namespace Net.Tests.Unit.Controller.Stores;

/// <summary>A store that can be read and lacks its last commits: SQLite takes a damaged log for one that ends before the damage.</summary>
public sealed class LostCommitTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("netctl-test-");
    private readonly RememberingLog _log = new();

    private string StorePath => Path.Combine(_directory.FullName, "data", "netctl.db");

    private string LogPath => $"{StorePath}-wal";

    private string NotePath => Path.Combine(_directory.FullName, "last-commit");

    private string CopyDirectory => Path.Combine(_directory.FullName, "mirror");

    public LostCommitTests() => _directory.CreateSubdirectory("data");

    public static TheoryData<string> Damages => ["cut to nothing", "64 random bytes at 100", "cut to what it was before the last change"];

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_store_whose_log_is_damaged_says_what_it_has_lost_until_that_is_accepted(string damage)
    {
        LeaveKilled();
        Damage(damage);
        using (SqliteStore store = Open())
        {
            store.Load();
            Assert.Equal(StoreLossKind.Outdated, store.Loss?.Kind);
            Assert.Equal(store.Loss?.Reason, Assert.Single(_log.Warnings));
            Assert.StartsWith(
                $"the store {StorePath} has lost what was stored last: it ends with commit {store.StoredCommit}, and commit 4 was stored",
                store.Loss?.Reason,
                StringComparison.Ordinal);
            Assert.Equal((4, true), (store.KnownCommit, store.KnowsItsEnd));
        }

        using (SqliteStore again = Open())
        {
            Assert.Equal(StoreLossKind.Outdated, again.Loss?.Kind);
            again.AcceptLoss();
            Assert.Equal((5, 5), (again.StoredCommit, again.KnownCommit));
        }

        _log.Warnings.Clear();
        using SqliteStore accepted = Open();
        Assert.Null(accepted.Loss);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void A_kill_between_a_commit_and_the_note_of_it_is_no_loss()
    {
        LeaveKilled();
        string note = File.ReadAllText(NotePath);
        File.WriteAllText(NotePath, note.Replace("4\n", "3\n", StringComparison.Ordinal));
        using SqliteStore store = Open();
        Assert.Null(store.Loss);
        Assert.True(store.KnowsItsEnd);
        Assert.Equal(note, File.ReadAllText(NotePath));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("9\n/another/netctl.db\n")]
    [InlineData("2\nSTORE\n")]
    public void Without_the_note_of_this_store_or_with_one_that_is_far_behind_its_end_is_not_known(string? note)
    {
        LeaveKilled();
        File.Delete(NotePath);
        if (note is not null)
        {
            File.WriteAllText(NotePath, note.Replace("STORE", StorePath, StringComparison.Ordinal));
        }

        using (SqliteStore store = Open())
        {
            Assert.Null(store.Loss);
            Assert.False(store.KnowsItsEnd);
        }

        // A daemon that came no further has not asked what runs. What changes something has.
        using SqliteStore next = Open();
        Assert.False(next.KnowsItsEnd);
        next.Remember("net/ipv4/ip_forward", "0");
        Assert.Equal(["5", StorePath], File.ReadAllLines(NotePath).Select(line => line.Trim()));
    }

    [Fact]
    public void A_store_of_a_version_that_did_not_count_has_lost_nothing_and_counts_from_its_next_change_on()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Controller", "Stores", "v5.db"), StorePath);
        File.WriteAllText(NotePath, $"7\n{StorePath}\n"); // of the version after it, which was taken back
        using (SqliteStore store = Open())
        {
            Assert.Null(store.Loss);
            Assert.False(store.KnowsItsEnd);
            store.Save(ModelChange.Between(store.Load(), ModelSnapshot.Empty));
            Assert.Equal(8, store.StoredCommit);
            File.Copy(StorePath, $"{StorePath}.killed"); // without its log
        }

        File.Move($"{StorePath}.killed", StorePath, overwrite: true);
        using SqliteStore again = Open();
        Assert.Equal(8, again.StoredCommit);
        Assert.Empty(_log.Warnings);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void The_copy_tells_a_loss_as_well_and_the_store_is_made_again_from_it(string damage)
    {
        LeaveKilled();
        Damage(damage);
        File.Delete(NotePath);
        using (MirroredStore store = OpenMirrored())
        {
            Assert.Equal("shop", Assert.Single(store.Load().Sandboxes).Name);
            Assert.Null(store.Loss);
            Assert.Equal("0", store.All()["net/ipv4/ip_forward"]);
            Assert.True(store.KnowsItsEnd);
        }

        string kept = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(StorePath)!, "netctl.db.outdated-*"));
        Assert.EndsWith($"; what it holds was kept as {kept}", _log.Warnings.First(), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
        bool isWhole = damage == "cut to what it was before the last change";
        Assert.Equal(isWhole ? ["web"] : [], StoreBackup.Read(kept).Sandboxes.Select(sandbox => sandbox.Name));

        Assert.Collection(
            _log.Warnings,
            lost => Assert.StartsWith($"the store {StorePath} has lost what was stored last: ", lost, StringComparison.Ordinal),
            made => Assert.StartsWith(
                $"the store {StorePath} has lost what was stored in it, and is made again", made, StringComparison.Ordinal));
        _log.Warnings.Clear();
        using MirroredStore again = OpenMirrored();
        Assert.Equal("shop", Assert.Single(again.Load().Sandboxes).Name);
        Assert.Empty(_log.Warnings);
    }

    [Theory]
    [InlineData("1")]
    [InlineData(null)]
    public void What_was_changed_of_the_prior_values_since_is_in_the_copy_as_well(string? changed)
    {
        LeaveKilled(store =>
        {
            store.Forget("net/ipv4/ip_forward");
            if (changed is not null)
            {
                store.Remember("net/ipv4/ip_forward", changed);
            }
        });
        Damage("cut to what it was before the last change");
        using MirroredStore store = OpenMirrored();
        store.Load();
        Assert.Equal(changed, store.All().GetValueOrDefault("net/ipv4/ip_forward"));
    }

    [Fact]
    public void A_copy_that_has_lost_its_last_commits_too_is_used_and_the_loss_remains()
    {
        LeaveKilled();
        Damage("cut to nothing");
        CutLastCommitOf(Path.Combine(CopyDirectory, "copy.db"));
        using MirroredStore store = OpenMirrored();
        Assert.Equal("web", Assert.Single(store.Load().Sandboxes).Name);
        Assert.Equal(StoreLossKind.Outdated, store.Loss?.Kind);
        Assert.Contains(_log.Warnings, warning => warning.Contains(", which lacks the last commits as well", StringComparison.Ordinal));
        Assert.Equal((6, 6), (store.StoredCommit, store.KnownCommit)); // the model and the prior value of the copy
    }

    [Fact]
    public void A_store_and_its_copy_that_are_whole_say_nothing_also_where_the_copy_lacks_the_commit_that_a_kill_came_after()
    {
        LeaveKilled();
        CutLastCommitOf(Path.Combine(CopyDirectory, "copy.db"));
        File.Delete(NotePath);
        using MirroredStore store = OpenMirrored();
        Assert.Equal("shop", Assert.Single(store.Load().Sandboxes).Name);
        Assert.Null(store.Loss);
        Assert.True(store.KnowsItsEnd);
        Assert.Empty(_log.Warnings);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private SqliteStore Open() =>
        SqliteStore.Open(StorePath, _log, TimeProvider.System, new SqliteStoreOptions { LastCommitPath = NotePath });

    private MirroredStore OpenMirrored() => new(Open(), StorePath, CopyDirectory, _log, TimeProvider.System);

    /// <summary>Leaves what a daemon leaves that was killed after three changes, and more: all are in the log.</summary>
    private void LeaveKilled(Action<MirroredStore>? more = null)
    {
        string kept = Path.Combine(_directory.FullName, "kept");
        using (MirroredStore store = OpenMirrored())
        {
            store.Load();
            store.Save(SampleModel.Change());
            store.Remember("net/ipv4/ip_forward", "0");
            File.Copy(LogPath, $"{LogPath}.before");
            var edit = new ModelEdit(SampleModel.Make());
            edit.Put(SampleModel.Make().Sandboxes.Single() with { Name = "shop" });
            store.Save(edit.ToChange());
            more?.Invoke(store);
            CopyAll(_directory.FullName, kept);
        }

        foreach (string place in (string[])["data", "mirror"])
        {
            Directory.Delete(Path.Combine(_directory.FullName, place), recursive: true);
            Directory.Move(Path.Combine(kept, place), Path.Combine(_directory.FullName, place));
        }

        File.Move(Path.Combine(kept, "last-commit"), NotePath, overwrite: true);
        _log.Warnings.Clear();
    }

    private void Damage(string damage)
    {
        byte[] bytes = File.ReadAllBytes(LogPath);
        switch (damage)
        {
            case "cut to nothing":
                bytes = [];
                break;
            case "64 random bytes at 100":
                new Random(1).NextBytes(bytes.AsSpan(100, 64));
                break;
            default:
                bytes = File.ReadAllBytes($"{LogPath}.before");
                break;
        }

        File.WriteAllBytes(LogPath, bytes);
    }

    private static void CutLastCommitOf(string database)
    {
        byte[] bytes = File.ReadAllBytes($"{database}-wal");
        bytes[^1] ^= 1; // the last frame, whose checksum is wrong now, has the end of the last commit
        File.WriteAllBytes($"{database}-wal", bytes);
    }

    private static void CopyAll(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
