using Microsoft.Data.Sqlite;
using Net.Cnm.Errors;
using Net.Controller.Models;

namespace Net.Controller.Stores;

/// <summary>Backups: each is one SQLite file of the store's schema with all of a model.</summary>
internal static class StoreBackup
{
    private static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(5);

    /// <summary>Writes a model to a new file, which root alone can read: it has the environment of containers.</summary>
    /// <param name="path">The file, which does not exist; its folder does.</param>
    /// <param name="model">The model.</param>
    /// <param name="log">Receives what is wrong with the file while it is written.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="CnmException">Unavailable: the file cannot be written; the disk may be full.</exception>
    public static void Write(string path, ModelSnapshot model, IControllerLog log, TimeProvider time)
    {
        using SqliteStore store = SqliteStore.Open(path, log, time);
        store.Save(ModelChange.Between(ModelSnapshot.Empty, model));
    }

    /// <summary>Reads a backup, also one of an earlier version; the file is migrated.</summary>
    /// <param name="path">A copy of the file, which may be changed.</param>
    /// <exception cref="CnmException">InvalidParameter: it is no backup, is damaged, or was written by a later version. Unavailable: the
    /// copy's disk is full or fails.</exception>
    public static ModelSnapshot Read(string path)
    {
        try
        {
            RequireStore(path);
            using SqliteConnection connection = StoreConnection.Open(path, BusyLimit);
            return new StoreRows(connection, null).ReadModel();
        }
        catch (CnmException later)
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter, "the backup was written by a later netctl: restore it with that one", later);
        }
        catch (Exception error) when (StoreErrors.IsDamage(error))
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"this is not a whole backup of netctl ({error.Message.ReplaceLineEndings(" ")}): restore a file that "
                    + "\"netctl system backup\" has written",
                error);
        }
        catch (Exception error) when (StoreErrors.IsUnwritable(error))
        {
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"the backup's copy {path} cannot be used: {StoreErrors.Words(error)}; see that its disk has room and works, then try "
                    + "again",
                error);
        }
    }

    // Any other database would be taken for an empty store, and an empty file too.
    private static void RequireStore(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('schema_version', 'networks', 'sandboxes')";
        if (command.ExecuteScalar() is not 3L)
        {
            throw new StoreDamageException("it has no networks and no containers");
        }
    }
}
