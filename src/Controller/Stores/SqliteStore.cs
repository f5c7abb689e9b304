using Microsoft.Data.Sqlite;
using Net.Cnm.Errors;
using Net.Controller.Models;

namespace Net.Controller.Stores;

/// <summary>The store in one SQLite file, with a write-ahead log, foreign keys, and every commit synced to the disk.</summary>
/// <remarks>Ids, names and states are columns, so that the database enforces their uniqueness and validity; a further column holds the
/// whole object as JSON. Where the disk is full or read-only when the store is opened, a copy of it is read, and every change first tries
/// to open the store itself. Safe to call from several threads.</remarks>
public sealed class SqliteStore : INetctlStore
{
    /// <summary>The number of a store's first commit. Versions of this program that did not count have left 0 or 1.</summary>
    private const int FirstCommit = 2;

    private readonly Lock _lock = new();
    private readonly StoreFiles _files;
    private readonly SqliteStoreOptions _options;
    private readonly StoreErrors _errors;
    private readonly LastCommitFile? _lastCommit;
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
        _lastCommit = options.LastCommitPath is { } file ? new LastCommitFile(file, Path.GetFullPath(path), log) : null;
        _log = log;
        _time = time;
    }

    /// <inheritdoc/>
    public StoreLoss? Loss { get; private set; }

    /// <inheritdoc/>
    public bool WasLeftOpen { get; private set; }

    /// <inheritdoc/>
    public int StoredCommit { get; private set; }

    /// <inheritdoc/>
    public int KnownCommit { get; private set; }

    /// <inheritdoc/>
    public bool KnowsItsEnd { get; private set; }

    /// <summary>Whether the commits were counted that the database held when it was opened: an earlier version did not.</summary>
    internal bool IsCounted { get; private set; }

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
                    throw _errors.DamagedForGood(error);
                }

                _connection!.Dispose();
                SetAside(error.Message);
                _connection = Connect();
                StoredCommit = 0;
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
    public void Lose(StoreLoss loss, int lastCommit)
    {
        lock (_lock)
        {
            KnownCommit = Math.Max(KnownCommit, lastCommit);
            Lose(loss);
        }
    }

    /// <inheritdoc/>
    public void AcceptLoss()
    {
        lock (_lock)
        {
            if (KnownCommit > StoredCommit)
            {
                // Otherwise the next start would find the same commits lost.
                TryNote(() => Commit(Writable(), static _ => { }));
            }

            Loss = null;
            TryNote(() => _files.WriteLoss(null));
        }
    }

    /// <summary>Says which number the next commit gets: that of the commit of another store, of which this is a copy.</summary>
    internal void NumberNext(int number)
    {
        lock (_lock)
        {
            StoredCommit = KnownCommit = number - 1;
        }
    }

    /// <summary>Stores a whole model in an empty store, with one commit.</summary>
    /// <param name="model">The model.</param>
    /// <param name="priors">The prior values of the host's settings.</param>
    /// <param name="number">The number of the commit: of another store, of which this becomes a copy.</param>
    internal void Fill(ModelSnapshot model, IReadOnlyDictionary<string, string> priors, int number) => Write(connection => Commit(
        connection,
        number,
        transaction =>
        {
            var rows = new StoreRows(connection, transaction);
            rows.Put(ModelChange.Between(ModelSnapshot.Empty, model));
            foreach ((string key, string value) in priors)
            {
                rows.Remember(key, value);
            }
        }));

    /// <inheritdoc/>
    public void Save(ModelChange change) => Write(connection =>
    {
        Commit(connection, transaction => new StoreRows(connection, transaction).Put(change));

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
    public void Remember(string key, string value) => Write(connection => Commit(
        connection, transaction => new StoreRows(connection, transaction).Remember(key, value)));

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> All()
    {
        lock (_lock)
        {
            try
            {
                return new StoreRows(_connection!, null).AllPriors();
            }
            catch (SqliteException error)
            {
                throw _errors.Translate(error);
            }
        }
    }

    /// <inheritdoc/>
    public void Forget(string key) => Write(connection => Commit(
        connection, transaction => new StoreRows(connection, transaction).Forget(key)));

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

    private void Open()
    {
        bool wasOpenToOthers = false;
        if (_files.FindDirectory() is { } directory)
        {
            throw StoreErrors.IsDirectory(directory);
        }

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

        FindLostCommits();
        if (wasOpenToOthers && _copy is null)
        {
            // The version that made it so did not overwrite what it deleted either.
            TryNote(() => StoreConnection.Rewrite(_connection!));
        }
    }

    private void FindLostCommits()
    {
        StoredCommit = StoreConnection.ReadCommitNumber(_connection!);

        // A database that is new has 0, and so has one whose log had everything and is lost.
        IsCounted = StoredCommit >= FirstCommit || (StoredCommit == 0 && !new StoreRows(_connection!, null).HasNetworks());
        int? noted = _lastCommit?.Read();
        KnownCommit = Math.Max(StoredCommit, noted ?? 0);

        // Of the commit that a killed daemon was at, the file may not have the number yet.
        KnowsItsEnd = IsCounted && StoredCommit <= noted + 1;
        if (Loss is null && IsCounted && StoredCommit < noted)
        {
            Lose(StoreLoss.OfCommits(_files.Database, StoredCommit, $"commit {noted} was stored"));
        }
        else if (Loss is null && KnowsItsEnd && noted != StoredCommit)
        {
            _lastCommit?.Write(KnownCommit); // where the end is not known, the next start has to ask what runs as well
        }

        _mustEmptyLog |= !IsCounted; // so that the database is counted also without its log
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
                throw _errors.DamagedForGood(error);
            }

            throw;
        }
    }

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

    private void Commit(SqliteConnection connection, Action<SqliteTransaction> body) =>
        Commit(connection, Math.Max(KnownCommit + 1, FirstCommit), body);

    private void Commit(SqliteConnection connection, int number, Action<SqliteTransaction> body)
    {
        using (SqliteTransaction transaction = connection.BeginTransaction())
        {
            body(transaction);
            StoreConnection.WriteCommitNumber(connection, transaction, number);
            transaction.Commit();
        }

        StoredCommit = KnownCommit = number;
        _lastCommit?.Write(number);
    }

    private void SetAside(string why)
    {
        string aside = _files.SetAside(_time.GetUtcNow());
        Lose(StoreLoss.OfAll(_files.Database, why, aside));
    }

    private void Lose(StoreLoss loss)
    {
        if (Loss is null && loss.Kind == StoreLossKind.Outdated)
        {
            TryNote(() => loss = loss.Keeping(_connection!, _files.MakeOutdated(_time.GetUtcNow())));
        }

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
}
