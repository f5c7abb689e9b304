using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Stores;

/// <summary>The store in one SQLite file, with a write-ahead log, foreign keys, and every commit synced to the disk.</summary>
/// <remarks>Ids, names and states are columns, so that the database enforces their uniqueness and validity; a further column holds the
/// whole object as JSON. Safe to call from several threads.</remarks>
public sealed class SqliteStore : INetctlStore
{
    /// <summary>The result code SQLITE_CORRUPT (https://sqlite.org/rescode.html).</summary>
    private const int CorruptCode = 11;

    private const int NotADatabaseCode = 26;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly IControllerLog _log;
    private readonly TimeProvider _time;
    private SqliteConnection _connection;

    private SqliteStore(string path, IControllerLog log, TimeProvider time)
    {
        _path = path;
        _log = log;
        _time = time;
        _connection = Connect(path);
    }

    /// <summary>Opens the store. A missing file is created, and an older schema is migrated to the current one.</summary>
    /// <param name="path">The file; its directory exists. A file that is not a database is renamed, with a warning in the log.</param>
    /// <param name="log">Receives the warnings.</param>
    /// <param name="time">The clock, for the new name of a corrupt file.</param>
    /// <exception cref="CnmException">Unavailable: the file cannot be opened, or a later version of this program wrote it.</exception>
    public static SqliteStore Open(string path, IControllerLog log, TimeProvider time)
    {
        try
        {
            try
            {
                return new SqliteStore(path, log, time);
            }
            catch (SqliteException error) when (IsCorruption(error))
            {
                SetAside(path, error.Message, log, time);
                return new SqliteStore(path, log, time);
            }
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"the store {path} cannot be opened: {error.Message}; see that the folder is there and can be written, "
                    + "or use another --data-root", error);
        }
    }

    /// <inheritdoc/>
    public ModelSnapshot Load()
    {
        lock (_lock)
        {
            try
            {
                return Read();
            }
            catch (Exception error) when (error is JsonException || (error is SqliteException sqlite && IsCorruption(sqlite)))
            {
                _connection.Dispose();
                SetAside(_path, error.Message, _log, _time);
                _connection = Connect(_path);
                return ModelSnapshot.Empty;
            }
        }
    }

    /// <inheritdoc/>
    public void Save(ModelChange change)
    {
        lock (_lock)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            var rows = new StoreRows(_connection, transaction);
            ModelSnapshot after = change.After;

            // Foreign keys: rows that refer to others are deleted before them and inserted after them.
            rows.DeleteAll("endpoints", change.Endpoints.Where(id => !after.EndpointsById.ContainsKey(id)).Select(id => id.Value));
            rows.DeleteAll("sandboxes", change.Sandboxes.Where(id => !after.SandboxesById.ContainsKey(id)).Select(id => id.Value));
            rows.DeleteAll("networks", change.Networks.Where(id => !after.NetworksById.ContainsKey(id)).Select(id => id.Value));
            foreach (NetworkId id in change.Networks)
            {
                if (after.NetworksById.TryGetValue(id, out Network? network))
                {
                    rows.Put(network);
                }
            }

            foreach (SandboxId id in change.Sandboxes)
            {
                if (after.SandboxesById.TryGetValue(id, out Sandbox? sandbox))
                {
                    rows.Put(sandbox);
                }
            }

            foreach (EndpointId id in change.Endpoints)
            {
                if (after.EndpointsById.TryGetValue(id, out Endpoint? endpoint))
                {
                    rows.Put(endpoint);
                }
            }

            foreach (OwnerId owner in change.Tombstones)
            {
                rows.Put(owner, after.TombstonesByOwner.GetValueOrDefault(owner));
            }

            rows.PutFreed(change);
            transaction.Commit();
        }
    }

    /// <inheritdoc/>
    public void Remember(string key, string value) =>
        Execute(
            "INSERT INTO prior_values (key, value) VALUES ($key, $value) ON CONFLICT (key) DO NOTHING", ("$key", key), ("$value", value));

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> All()
    {
        lock (_lock)
        {
            using SqliteCommand command = _connection.CreateCommand();
            command.CommandText = "SELECT key, value FROM prior_values";
            using SqliteDataReader reader = command.ExecuteReader();
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            while (reader.Read())
            {
                values.Add(reader.GetString(0), reader.GetString(1));
            }

            return values;
        }
    }

    /// <inheritdoc/>
    public void Forget(string key) => Execute("DELETE FROM prior_values WHERE key = $key", ("$key", key));

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _connection.Dispose();
        }
    }

    private static bool IsCorruption(SqliteException error) => error.SqliteErrorCode is CorruptCode or NotADatabaseCode;

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = true }.ToString());
        try
        {
            connection.Open();
            using (SqliteCommand command = connection.CreateCommand())
            {
                command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
                command.ExecuteNonQuery();
            }

            Migrations.Run(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void SetAside(string path, string why, IControllerLog log, TimeProvider time)
    {
        string aside = $"{path}.corrupt-{time.GetUtcNow().ToString("yyyyMMddTHHmmssfff", CultureInfo.InvariantCulture)}";
        foreach (string suffix in (string[])["", "-wal", "-shm"])
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, aside + suffix);
            }
        }

        log.Warning($"the store {path} cannot be read ({why}); it was set aside as {aside} and an empty one takes its place");
    }

    private ModelSnapshot Read()
    {
        var edit = new ModelEdit(ModelSnapshot.Empty);
        var rows = new StoreRows(_connection, null);
        foreach (Network network in rows.All("networks", StoreJson.Default.Network))
        {
            edit.Put(network);
        }

        foreach (Sandbox sandbox in rows.All("sandboxes", StoreJson.Default.Sandbox))
        {
            edit.Put(sandbox);
        }

        foreach (Endpoint endpoint in rows.All("endpoints", StoreJson.Default.Endpoint))
        {
            edit.Put(endpoint);
        }

        foreach (Tombstone tombstone in rows.All("tombstones", StoreJson.Default.Tombstone))
        {
            edit.Put(tombstone);
        }

        foreach ((NetworkId network, IPAddress address, long place) in rows.AllFreed())
        {
            edit.PutFreed(network, address, place);
        }

        return edit.Now;
    }

    private void Execute(string sql, params (string Name, string Value)[] parameters)
    {
        lock (_lock)
        {
            using SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this file.
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach ((string name, string value) in parameters)
            {
                command.Parameters.AddWithValue(name, value);
            }

            command.ExecuteNonQuery();
        }
    }
}
