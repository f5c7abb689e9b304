using Net.Cnm.Errors;
using Net.Controller.Models;

namespace Net.Controller.Stores;

/// <summary>A store with a copy of itself in the run-time directory, on another disk, which is as old as the boot. When the store is
/// damaged, deleted or has lost its log, the copy says what runs, so that every container is taken up again.</summary>
/// <remarks>The store itself is the truth as long as it is whole; the copy is then written anew at each start. Every change goes to the
/// store first. A copy that cannot be written is removed, since an old one would be worse than none, and made anew with a later change.
/// Safe to call from several threads, as the store is.</remarks>
public sealed class MirroredStore : INetctlStore
{
    /// <summary>How long the copy is not tried again after it could not be written.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly INetctlStore _store;
    private readonly string _name;
    private readonly string _directory;
    private readonly IControllerLog _log;
    private readonly TimeProvider _time;
    private ModelSnapshot _model = ModelSnapshot.Empty;
    private SqliteStore? _copy;
    private DateTimeOffset? _retryAt;

    /// <summary>Puts a store and its copy together; nothing is read or written before <see cref="Load"/>.</summary>
    /// <param name="store">The store. It is disposed of with this object.</param>
    /// <param name="name">The path of the store: a copy of another store is not used.</param>
    /// <param name="directory">The directory of the copy, which is its alone: EXEC_ROOT/mirror.</param>
    /// <param name="log">Receives what is taken from the copy, and why there is none.</param>
    /// <param name="time">The clock.</param>
    public MirroredStore(INetctlStore store, string name, string directory, IControllerLog log, TimeProvider time)
    {
        _store = store;
        _name = name;
        _directory = directory;
        _log = log;
        _time = time;
    }

    /// <inheritdoc/>
    public StoreLoss? Loss => _store.Loss;

    /// <inheritdoc/>
    public bool WasLeftOpen => _store.WasLeftOpen;

    private string CopyPath => Path.Combine(_directory, "copy.db");

    private string OriginPath => Path.Combine(_directory, "origin");

    /// <inheritdoc/>
    public ModelSnapshot Load()
    {
        ModelSnapshot stored = _store.Load();
        lock (_lock)
        {
            _model = _copy is null ? LoadFirst(stored) : stored;
            return _model;
        }
    }

    /// <inheritdoc/>
    public void RequireWritable() => _store.RequireWritable();

    /// <inheritdoc/>
    public void Save(ModelChange change)
    {
        _store.Save(change);
        lock (_lock)
        {
            _model = change.After;
            Follow(copy => copy.Save(change));
        }
    }

    /// <inheritdoc/>
    public void AcceptLoss()
    {
        _store.AcceptLoss();
        lock (_lock)
        {
            if (_copy is null)
            {
                _model = _store.Load();
                Write(_model);
            }
        }
    }

    /// <inheritdoc/>
    public void Remember(string key, string value)
    {
        _store.Remember(key, value);
        lock (_lock)
        {
            Follow(copy => copy.Remember(key, value));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> All() => _store.All();

    /// <inheritdoc/>
    public void Forget(string key)
    {
        _store.Forget(key);
        lock (_lock)
        {
            Follow(copy => copy.Forget(key));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _copy?.Dispose();
        _store.Dispose();
    }

    private ModelSnapshot LoadFirst(ModelSnapshot stored)
    {
        // The predefined networks are in every store but a new one.
        bool isNew = stored.NetworksById.IsEmpty;
        if ((Loss is not null || isNew) && Read() is (var copied, var priors) && !copied.NetworksById.IsEmpty)
        {
            _store.Save(ModelChange.Between(stored, copied));
            foreach ((string key, string value) in priors)
            {
                _store.Remember(key, value);
            }

            _log.Warning(
                $"the store {_name} {(Loss is null ? "is new" : "has lost what was stored in it")}, and is made again from its copy in "
                    + $"{_directory}: {copied.NetworksById.Count} networks and {copied.SandboxesById.Count} containers are taken up again");
            _store.AcceptLoss();
            stored = copied;
        }

        // A copy of what is left after a loss would look as if it was whole.
        if (Loss is null)
        {
            Write(stored);
        }

        return stored;
    }

    /// <summary>What the copy of an earlier daemon holds; null when there is none, or it is not this store's or not whole.</summary>
    private (ModelSnapshot Model, IReadOnlyDictionary<string, string> Priors)? Read()
    {
        try
        {
            if (!File.Exists(CopyPath) || !File.Exists(OriginPath) || File.ReadAllText(OriginPath) != _name)
            {
                return null;
            }

            using SqliteStore copy = SqliteStore.Open(CopyPath, _log, _time);
            ModelSnapshot model = copy.Load();
            return copy.Loss is null ? (model, copy.All()) : null;
        }
        catch (Exception error) when (error is CnmException or IOException or UnauthorizedAccessException)
        {
            _log.Warning($"the copy of the store in {_directory} cannot be read: {error.Message}");
            return null;
        }
    }

    /// <summary>Makes the copy anew.</summary>
    private void Write(ModelSnapshot model)
    {
        try
        {
            Remove();
            Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            _copy = SqliteStore.Open(CopyPath, NoLog.Instance, _time);
            _copy.Save(ModelChange.Between(ModelSnapshot.Empty, model));
            foreach ((string key, string value) in _store.All())
            {
                _copy.Remember(key, value);
            }

            File.WriteAllText(OriginPath, _name); // last: without it the copy is not used
            if (_retryAt is not null)
            {
                _log.Warning($"there is a copy of the store in {_directory} again");
                _retryAt = null;
            }
        }
        catch (Exception error) when (error is CnmException or IOException or UnauthorizedAccessException)
        {
            GiveUp(error);
        }
    }

    /// <summary>Does with the copy what was done with the store, or makes the copy anew when that is due.</summary>
    private void Follow(Action<SqliteStore> body)
    {
        if (_copy is null)
        {
            if (_retryAt <= _time.GetUtcNow())
            {
                Write(_model);
            }

            return;
        }

        try
        {
            body(_copy);
        }
        catch (CnmException error)
        {
            GiveUp(error);
        }
    }

    private void GiveUp(Exception error)
    {
        if (_retryAt is null)
        {
            _log.Warning($"there is no copy of the store until it can be written again: {error.Message}");
        }

        _retryAt = _time.GetUtcNow() + RetryInterval;
        _copy?.Dispose();
        _copy = null;
        try
        {
            Remove();
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            _log.Warning($"the copy of the store in {_directory}, which is old now, cannot be removed: {second.Message}");
        }
    }

    private void Remove()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    /// <summary>Receives what a copy says while it is written: the first error tells it all.</summary>
    private sealed class NoLog : IControllerLog
    {
        public static readonly NoLog Instance = new();

        public void Warning(string message)
        {
        }
    }
}
