using Net.Cnm.Errors;
using Net.Controller.Models;

namespace Net.Controller.Stores;

/// <summary>A store with a copy of itself in the run-time directory, on another disk, which is as old as the boot. When the store is
/// damaged, deleted or has lost its log, the copy says what runs, so that every container is taken up again.</summary>
/// <remarks>The store itself is the truth as long as it is whole; the copy is then written anew at each start. Every change goes to the
/// store first, and gets the same number in the copy: a copy with a higher number than the store tells that the store has lost commits. A
/// copy that cannot be written is removed, since an old one would be worse than none, and made anew with a later change. Safe to call from
/// several threads, as the store is.</remarks>
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

    /// <inheritdoc/>
    public int StoredCommit => _store.StoredCommit;

    /// <inheritdoc/>
    public int KnownCommit => _store.KnownCommit;

    /// <inheritdoc/>
    public bool KnowsItsEnd { get; private set; }

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
        lock (_lock)
        {
            _store.Save(change);
            _model = change.After;
            Follow(copy => copy.Save(change));
        }
    }

    /// <inheritdoc/>
    public void Lose(StoreLoss loss, int lastCommit)
    {
        lock (_lock)
        {
            _store.Lose(loss, lastCommit);
            Drop(); // it has lost the same
        }
    }

    /// <inheritdoc/>
    public void AcceptLoss()
    {
        lock (_lock)
        {
            _store.AcceptLoss();
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
        lock (_lock)
        {
            _store.Remember(key, value);
            Follow(copy => copy.Remember(key, value));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> All() => _store.All();

    /// <inheritdoc/>
    public void Forget(string key)
    {
        lock (_lock)
        {
            _store.Forget(key);
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
        Copy? copy = Read();
        if (copy?.LastCommit > (Loss is null ? StoredCommit : KnownCommit))
        {
            _store.Lose(
                Loss ?? StoreLoss.OfCommits(_name, StoredCommit, $"its copy in {_directory} with commit {copy.LastCommit}"),
                copy.LastCommit.Value);
        }

        // The last commit may be the one that a killed daemon had not copied yet.
        KnowsItsEnd = _store.KnowsItsEnd || StoredCommit <= copy?.LastCommit + 1;

        // The predefined networks are in every store but a new one.
        if ((Loss is not null || stored.NetworksById.IsEmpty) && copy is { Model.NetworksById.IsEmpty: false })
        {
            stored = Restore(stored, copy);
        }

        // A copy of what is left after a loss would look as if it was whole.
        if (Loss is null)
        {
            Write(stored);
        }

        return stored;
    }

    /// <summary>Makes the store again from the copy. The loss remains where the copy lacks commits as well.</summary>
    private ModelSnapshot Restore(ModelSnapshot stored, Copy copy)
    {
        if (copy.LastCommit < StoredCommit)
        {
            _log.Warning($"the copy of the store in {_directory} is older than the store and is not used");
            return stored;
        }

        bool isWhole = !(copy.LastCommit < KnownCommit);
        _store.Save(ModelChange.Between(stored, copy.Model));
        _store.Replace(copy.Priors);
        _log.Warning(
            $"the store {_name} {(Loss is null ? "is new" : "has lost what was stored in it")}, and is made again from its copy in "
                + $"{_directory}{(isWhole ? "" : ", which lacks the last commits as well")}: {copy.Model.NetworksById.Count} networks and "
                + $"{copy.Model.SandboxesById.Count} containers are taken up again{LossRepair.TellMissing(stored, copy.Model)}");
        if (isWhole)
        {
            _store.AcceptLoss();
        }

        return copy.Model;
    }

    /// <summary>What the copy of an earlier daemon holds; null when there is none, or it is not this store's or not whole.</summary>
    private Copy? Read()
    {
        try
        {
            if (!File.Exists(CopyPath) || !File.Exists(OriginPath) || File.ReadAllText(OriginPath) != _name)
            {
                return null;
            }

            using SqliteStore copy = SqliteStore.Open(CopyPath, _log, _time);
            ModelSnapshot model = copy.Load();
            return copy.Loss is null ? new Copy(model, copy.All(), copy.IsCounted ? copy.StoredCommit : null) : null;
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
            _copy.Fill(model, _store.All(), StoredCommit);
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
            if (Loss is null && _retryAt <= _time.GetUtcNow())
            {
                Write(_model);
            }

            return;
        }

        try
        {
            _copy.NumberNext(StoredCommit);
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
        Drop();
    }

    private void Drop()
    {
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

    /// <summary>What the copy of an earlier daemon holds.</summary>
    /// <param name="Model">The model.</param>
    /// <param name="Priors">The prior values of the host's settings.</param>
    /// <param name="LastCommit">The number of its last commit; null where the daemon was of a version that did not count.</param>
    private sealed record Copy(ModelSnapshot Model, IReadOnlyDictionary<string, string> Priors, int? LastCommit);

    /// <summary>Receives what a copy says while it is written: the first error tells it all.</summary>
    private sealed class NoLog : IControllerLog
    {
        public static readonly NoLog Instance = new();

        public void Warning(string message)
        {
        }
    }
}
