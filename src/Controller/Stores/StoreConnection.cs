using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Net.Controller.Stores;

/// <summary>Opens connections to the database, checks it, and removes what it still holds of deleted rows.</summary>
internal static class StoreConnection
{
    /// <summary>Opens the database with a write-ahead log, checks it and migrates it to the current schema.</summary>
    /// <param name="path">The database, which may be empty.</param>
    /// <param name="busyLimit">How long a statement waits for other programs, in whole seconds.</param>
    /// <exception cref="StoreDamageException">The database is damaged.</exception>
    /// <exception cref="SqliteException">The database cannot be read or written.</exception>
    public static SqliteConnection Open(string path, TimeSpan busyLimit)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = Math.Max(1, (int)busyLimit.TotalSeconds),
        }.ToString());
        try
        {
            connection.Open();

            // secure_delete overwrites deleted content with zeros: it may be the environment of a container that was removed.
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
            Execute(connection, "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY");

            // 512 KiB: the store is read at the start only. A change of more pages than that goes into the log before it is committed.
            Execute(connection, "PRAGMA cache_size = -512");

            // Pages of 4096 bytes: the log grows to 512 KiB, half of what container logs leave of the disk (DiskReserve in Net.Shims), and
            // a little more where a single change is large.
            Execute(connection, "PRAGMA wal_autocheckpoint = 128");
            Check(connection);
            Migrations.Run(connection);

            // A store that can only be read is told now and not by the first change.
            WriteCommitNumber(connection, null, ReadCommitNumber(connection));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The number of the last commit. It stands in the header of the database (user_version), which a transaction changes like any
    /// row.</summary>
    public static int ReadCommitNumber(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Writes the number of the commit that a transaction makes.</summary>
    public static void WriteCommitNumber(SqliteConnection connection, SqliteTransaction? transaction, int number)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // A pragma takes no parameters, and this is a number.
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {number}");
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Writes some pages to the log, and leaves the rows as they are.</summary>
    /// <exception cref="SqliteException">The database cannot be written; the disk may be full.</exception>
    public static void TryWrite(SqliteConnection connection)
    {
        // 32 KiB are eight pages of the default size, as many as a change of a container touches. The row is deleted in the transaction
        // that inserts it; its pages are written all the same, since secure_delete overwrites them with zeros.
        Execute(
            connection,
            """
            BEGIN IMMEDIATE;
            INSERT INTO prior_values (key, value) VALUES ('', hex(zeroblob(16384)));
            DELETE FROM prior_values WHERE key = '';
            COMMIT
            """);
    }

    /// <summary>Writes the whole database anew: what a version of this program deleted and did not overwrite is gone.</summary>
    public static void Rewrite(SqliteConnection connection)
    {
        Execute(connection, "VACUUM");
        EmptyLog(connection);
    }

    /// <summary>Writes all that the database holds into an empty file, without a log.</summary>
    public static void CopyInto(SqliteConnection connection, string file)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $file";
        command.Parameters.AddWithValue("$file", file);
        command.ExecuteNonQuery();
    }

    /// <summary>Writes the log into the database and truncates it, so that it holds no earlier version of any row.</summary>
    /// <returns>Whether that was done; not while another program reads.</returns>
    public static bool EmptyLog(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() && reader.GetInt64(0) == 0;
    }

    private static void Check(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        string? found = command.ExecuteScalar() as string;
        if (found != "ok")
        {
            throw new StoreDamageException(found?.ReplaceLineEndings(" ") ?? "its check says nothing");
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
