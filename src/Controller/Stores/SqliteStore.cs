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
/// whole object as JSON. Where the disk is full or read-only when the store is opened, a copy of it is read, and every change first tries
/// to open the store itself. Safe to call from several threads.</remarks>
public sealed class SqliteStore : INetctlStore
{
    private readonly Lock _lock = new();
    private readonly StoreFiles _files;
    private readonly SqliteStoreOptions _options;
    private readonly StoreErrors _errors;
    private readonly IControllerLog _log;
    private readonly TimeProvider _time;
    private SqliteConnection? _connection;
    private DirectoryInfo? _copy;
    private bool _mustEmptyLog;

    private SqliteStore(string path, IControllerLog log, TimeProvider time, SqliteStoreOptions options)
    {
        _files = new StoreFiles(path);
        _options = options;
        _errors = new StoreErrors(_files, options);
        _log = log;
        _time = time;
    }

    /// <inheritdoc/>
    public StoreLoss? Loss { get; private set; }

    /// <inheritdoc/>
    public bool WasLeftOpen { get; private set; }

    /// <summary>Opens the store. A missing file is created, and an older schema is migrated to the current one.</summary>
    /// <param name="path">The file; its directory exists. A damaged database is renamed, with a warning in the log. Files that others may
    /// read are closed to them.</param>
    /// <param name="log">Receives the warnings.</param>
    /// <param name="time">The clock, for the new name of a corrupt file.</param>
    /// <param name="options">What else the store needs; null: the defaults.</param>
    /// <exception cref="CnmException">Unavailable: the file cannot be opened, or a later version of this program wrote it.</exception>
    public static SqliteStore Open(string path, IControllerLog log, TimeProvider time, SqliteStoreOptions? options = null)
    {
        var store = new SqliteStore(path, log, time, options ?? new SqliteStoreOptions());
        try
        {
            store.Open();
            return store;
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw store._errors.Translate(error);
        }
    }

    /// <inheritdoc/>
    public ModelSnapshot Load()
    {
        lock (_lock)
        {
            try
            {
                return new StoreRows(_connection!, null).ReadModel();
            }
            catch (Exception error) when (StoreErrors.IsDamage(error))
            {
                if (_copy is not null)
                {
                    throw DamagedCopy(error);
                }

                _connection!.Dispose();
                SetAside(error.Message);
                _connection = Connect();
                return ModelSnapshot.Empty;
            }
            catch (SqliteException error)
            {
                throw _errors.Translate(error);
            }
        }
    }

    /// <inheritdoc/>
    public void RequireWritable() => Write(StoreConnection.TryWrite);

    /// <inheritdoc/>
    public void AcceptLoss()
    {
        Loss = null;
        TryNote(() => _files.WriteLoss(null));
    }

    /// <inheritdoc/>
    public void Save(ModelChange change) => Write(connection =>
    {
        using (SqliteTransaction transaction = connection.BeginTransaction())
        {
            Save(change, new StoreRows(connection, transaction));
            transaction.Commit();
        }

        // The environment of a container that is gone is overwritten in the database, and remains in the log until that is emptied.
        _mustEmptyLog |= change.Sandboxes.Any(id => change.Before.Find(id) is { Process: not null } && change.After.Find(id) is null)
            || change.Tombstones.Any(owner => change.Before.TombstonesByOwner.GetValueOrDefault(owner) is { HasProcess: true }
                && !change.After.TombstonesByOwner.ContainsKey(owner));
        if (_mustEmptyLog && !change.After.Tombstones.Any(tombstone => tombstone.HasProcess))
        {
            // The change is stored by now, and an error here is none of it; the next change tries again.
            TryNote(() => _mustEmptyLog = !StoreConnection.EmptyLog(connection));
        }
    });

    /// <inheritdoc/>
    public void Remember(string key, string value) => Execute(
        "INSERT INTO prior_values (key, value) VALUES ($key, $value) ON CONFLICT (key) DO NOTHING", ("$key", key), ("$value", value));

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> All()
    {
        lock (_lock)
        {
            try
            {
                using SqliteCommand command = _connection!.CreateCommand();
                command.CommandText = "SELECT key, value FROM prior_values";
                using SqliteDataReader reader = command.ExecuteReader();
                var values = new Dictionary<string, string>(StringComparer.Ordinal);
                while (reader.Read())
                {
                    values.Add(reader.GetString(0), reader.GetString(1));
                }

                return values;
            }
            catch (SqliteException error)
            {
                throw _errors.Translate(error);
            }
        }
    }

    /// <inheritdoc/>
    public void Forget(string key) => Execute("DELETE FROM prior_values WHERE key = $key", ("$key", key));

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_copy is null && _connection is { State: System.Data.ConnectionState.Open })
            {
                TryNote(() => StoreConnection.EmptyLog(_connection));
                TryNote(_files.NoteClosed);
            }

            _connection?.Dispose();
            DropCopy();
        }
    }

    private static void Save(ModelChange change, StoreRows rows)
    {
        ModelSnapshot after = change.After;

        // Foreign keys: rows that refer to others are deleted before them and inserted after them.
        rows.DeleteAll("endpoints", change.Endpoints.Where(id => !after.EndpointsById.ContainsKey(id)).Select(id => id.Value));
        rows.DeleteAll("sandboxes", change.Sandboxes.Where(id => !after.SandboxesById.ContainsKey(id)).Select(id => id.Value));
        rows.DeleteAll("networks", change.Networks.Where(id => !after.NetworksById.ContainsKey(id)).Select(id => id.Value));
        rows.FreeNames(change.Sandboxes.Where(id => IsRenamed(change, id)).Select(id => id.Value));
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
        foreach (string id in change.ForeignPools)
        {
            rows.Put(id, after.ForeignPools.GetValueOrDefault(id));
        }
    }

    private static bool IsRenamed(ModelChange change, SandboxId id) =>
        change.Before.Find(id) is { } before && change.After.Find(id) is { } after && before.Name != after.Name;

    private void Open()
    {
        bool wasOpenToOthers = false;
        try
        {
            wasOpenToOthers = _files.CloseToOthers();
            Loss = _files.ReadLoss();
            WasLeftOpen = _files.WereLeftOpen;
            if (_files.FindMissing(_options.SomethingRuns) is { } missing)
            {
                if (missing.Kind == StoreLossKind.Missing)
                {
                    _files.SetAside(_time.GetUtcNow()); // a log without its database, which SQLite would delete
                }

                Lose(missing);
            }

            if (_files.IsCutToNothing())
            {
                SetAside("it has been cut to nothing");
            }

            _connection = Connect();
        }
        catch (Exception error) when (StoreErrors.IsDamage(error))
        {
            SetAside(error.Message);
            _connection = Connect();
        }
        catch (Exception error) when (StoreErrors.IsUnwritable(error) && _files.HasContent && _options.CopyDirectory is not null)
        {
            OpenCopy(_options.CopyDirectory);
            _log.Warning($"{_errors.Translate(error).Message}; until then what it holds is served and nothing can be changed");
        }

        if (wasOpenToOthers && _copy is null)
        {
            // The version that made it so did not overwrite what it deleted either.
            TryNote(() => StoreConnection.Rewrite(_connection!));
        }
    }

    private SqliteConnection Connect()
    {
        _files.Create();
        SqliteConnection connection = StoreConnection.Open(_files.Database, _options.BusyLimit);
        TryNote(_files.NoteOpened);
        return connection;
    }

    private void OpenCopy(string directory)
    {
        _copy = new DirectoryInfo(Path.Combine(directory, "store"));
        try
        {
            _connection = StoreConnection.Open(_files.CopyTo(_copy), _options.BusyLimit);
        }
        catch (Exception error)
        {
            DropCopy();
            if (StoreErrors.IsDamage(error))
            {
                throw DamagedCopy(error);
            }

            throw;
        }
    }

    private CnmException DamagedCopy(Exception error) => new(
        CnmErrorKind.Unavailable,
        $"the store {_files.Database} is damaged ({error.Message}) and cannot be set aside, since {_files.Folder} is full or read-only; "
            + "make it writable, then start again",
        error);

    private void DropCopy()
    {
        if (_copy is { Exists: true })
        {
            _copy.Delete(recursive: true);
        }

        _copy = null;
    }

    /// <summary>The store itself, when a copy was read so far. Nothing was stored since, so both are the same.</summary>
    private SqliteConnection Writable()
    {
        if (_copy is not null)
        {
            SqliteConnection writable = Connect();
            _connection?.Dispose();
            _connection = writable;
            DropCopy();
        }

        return _connection!;
    }

    private void SetAside(string why)
    {
        string aside = _files.SetAside(_time.GetUtcNow());
        Lose(new StoreLoss(
            StoreLossKind.SetAside,
            $"the store {_files.Database} cannot be read ({why}); it was set aside as {aside} and an empty one takes its place"));
    }

    private void Lose(StoreLoss loss)
    {
        Loss = loss;
        TryNote(() => _files.WriteLoss(loss));
        _log.Warning(loss.Reason);
    }

    /// <summary>Does what the store can do without.</summary>
    private void TryNote(Action body)
    {
        try
        {
            body();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteException)
        {
            _log.Warning(_errors.Translate(error).Message);
        }
    }

    private void Write(Action<SqliteConnection> body)
    {
        lock (_lock)
        {
            try
            {
                body(Writable());
            }
            catch (Exception error) when (error is SqliteException or StoreDamageException or IOException or UnauthorizedAccessException)
            {
                throw _errors.Translate(error);
            }
        }
    }

    private void Execute(string sql, params (string Name, string Value)[] parameters) => Write(connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach ((string name, string value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    });
}
