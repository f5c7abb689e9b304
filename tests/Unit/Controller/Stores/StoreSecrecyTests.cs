using System.Text;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Stores;

namespace Net.Tests.Unit.Controller.Stores;

/// <summary>Who can read the store's files, and what they still hold of a container that is gone.</summary>
public sealed class StoreSecrecyTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("netctl-test-");
    private readonly RememberingLog _log = new();

    private string StorePath => Path.Combine(_directory.FullName, "netctl.db");

    [Fact]
    public void The_database_and_its_log_can_be_read_by_their_owner_alone()
    {
        using SqliteStore store = SqliteStore.Open(StorePath, _log, TimeProvider.System);
        store.Save(SampleModel.Change());
        Assert.Equal(["netctl.db", "netctl.db-shm", "netctl.db-wal"], Modes().Keys.Where(IsOfSqlite));
        Assert.All(Modes().Values, mode => Assert.Equal(OwnerOnly, mode));
    }

    [Fact]
    public void Files_of_a_store_that_others_could_read_are_closed_to_them_when_it_is_opened()
    {
        ModelChange change = SampleModel.Change();
        using (SqliteStore first = SqliteStore.Open(StorePath, _log, TimeProvider.System))
        {
            first.Save(change);
            foreach (string file in Modes().Keys)
            {
                // As a daemon leaves them that was killed: with the write-ahead log.
                File.Copy(Path.Combine(_directory.FullName, file), Path.Combine(_directory.FullName, $"killed{file}"));
            }
        }

        foreach (string file in Directory.EnumerateFiles(_directory.FullName, "killed*"))
        {
            File.Move(file, file.Replace("killed", "", StringComparison.Ordinal), overwrite: true);
        }

        File.WriteAllText($"{StorePath}.corrupt-20260102T030405067", "set aside by an earlier version");
        foreach (string file in Modes().Keys)
        {
            File.SetUnixFileMode(Path.Combine(_directory.FullName, file), OwnerOnly | Others);
        }

        using SqliteStore again = SqliteStore.Open(StorePath, _log, TimeProvider.System);
        Assert.Equal(SampleModel.Text(change.After), SampleModel.Text(again.Load()));
        Assert.All(Modes(), file => Assert.True(file.Value == OwnerOnly, $"{file.Key} has mode {file.Value}"));
    }

    [Fact]
    public void The_environment_of_a_removed_container_is_in_no_file_of_the_store()
    {
        // Short values lie in a leaf of the table; a long one lies in overflow pages.
        string[] secrets = ["token-of-the-first", "token-of-the-second" + new string('x', 20_000)];
        using SqliteStore store = SqliteStore.Open(StorePath, _log, TimeProvider.System);
        var edit = new ModelEdit(ModelSnapshot.Empty);
        Sandbox[] sandboxes = [.. secrets.Select((secret, i) => Holding($"c{i}", secret))];
        foreach (Sandbox sandbox in sandboxes)
        {
            edit.Put(sandbox);
        }

        store.Save(edit.ToChange());
        Assert.All(secrets, secret => Assert.Contains(secret[..18], Bytes(), StringComparison.Ordinal));

        ModelSnapshot model = edit.Now;
        foreach (Sandbox sandbox in sandboxes)
        {
            var removal = new ModelEdit(model);
            removal.Remove(sandbox);
            store.Save(removal.ToChange());
            var end = new ModelEdit(removal.Now);
            end.RemoveTombstone(Net.Cnm.DesiredState.OwnerId.Of(sandbox.Id));
            store.Save(end.ToChange());
            model = end.Now;
            Assert.DoesNotContain(sandbox.Process!.Environment[0][..18], Bytes(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_an_earlier_version_deleted_and_left_in_the_file_goes_when_the_store_is_opened()
    {
        using (SqliteStore first = SqliteStore.Open(StorePath, _log, TimeProvider.System))
        {
            first.Save(SampleModel.Change());
        }

        File.SetUnixFileMode(StorePath, OwnerOnly | Others);
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={StorePath};Pooling=False"))
        {
            connection.Open();
            using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
            command.CommandText =
                "PRAGMA secure_delete = OFF; INSERT INTO prior_values VALUES ('k', 'token-of-old'); DELETE FROM prior_values";
            command.ExecuteNonQuery();
        }

        Assert.Contains("token-of-old", Bytes(), StringComparison.Ordinal);
        using SqliteStore again = SqliteStore.Open(StorePath, _log, TimeProvider.System);
        Assert.DoesNotContain("token-of-old", Bytes(), StringComparison.Ordinal);
        Assert.Equal(SampleModel.Text(SampleModel.Make()), SampleModel.Text(again.Load()));
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static bool IsOfSqlite(string file) => file is "netctl.db" or "netctl.db-shm" or "netctl.db-wal";

    private static Sandbox Holding(string name, string secret) => new()
    {
        Id = SandboxId.New(),
        Name = name,
        HostName = name,
        Created = DateTimeOffset.UnixEpoch,
        Process = new ProcessConfig { Command = ["true"], Environment = [secret] },
    };

    private SortedDictionary<string, UnixFileMode> Modes() => new(
        _directory.EnumerateFiles().ToDictionary(file => file.Name, file => file.UnixFileMode), StringComparer.Ordinal);

    /// <summary>The content of all files of the store, one character a byte.</summary>
    private string Bytes() => string.Concat(_directory.EnumerateFiles().Select(file =>
    {
        using FileStream stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return Encoding.Latin1.GetString(copy.ToArray());
    }));
}
