using System.Text.Json;
using Net.Cnm.DesiredState;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Stores;

/// <summary>A store that also keeps, beside the shim of each running sandbox, all that is needed to take that sandbox up again, and in a
/// file the prior values of the host's settings. When the store is lost with everything that was to replace it, what runs and what to set
/// back is still known from there.</summary>
/// <remarks>Every change goes to the store first. A description that cannot be written is removed, since an old one would be worse than
/// none; it is written with the next change of anything that finds room. Safe to call from several threads, as the store is.</remarks>
public sealed class DescribedStore : INetctlStore
{
    private readonly Lock _lock = new();
    private readonly INetctlStore _store;
    private readonly ISandboxProcesses _processes;
    private readonly IControllerLog _log;
    private readonly PriorValuesFile _priorsFile;
    private readonly Dictionary<string, string> _priors = new(StringComparer.Ordinal);
    private readonly HashSet<SandboxId> _behind = []; // whose description could not be written or removed
    private ModelSnapshot _model = ModelSnapshot.Empty;
    private bool _isLoaded;

    /// <summary>Puts a store and the shims together; nothing is read or written before <see cref="Load"/>.</summary>
    /// <param name="store">The store. It is disposed of with this object.</param>
    /// <param name="processes">The shims.</param>
    /// <param name="priorValuesPath">The file for the prior values, in the run-time directory.</param>
    /// <param name="log">Receives what is taken up again, and what cannot be.</param>
    public DescribedStore(INetctlStore store, ISandboxProcesses processes, string priorValuesPath, IControllerLog log)
    {
        _store = store;
        _processes = processes;
        _log = log;
        _priorsFile = new PriorValuesFile(priorValuesPath, log);
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
    public bool KnowsItsEnd => _store.KnowsItsEnd;

    /// <inheritdoc/>
    public ModelSnapshot Load()
    {
        ModelSnapshot model = _store.Load();
        if (!_isLoaded && Loss is null && !KnowsItsEnd)
        {
            FindUnknown(model);
        }

        _isLoaded = true;

        // A store without networks is new, or was deleted with every trace of it.
        if (Loss is not null || model.NetworksById.IsEmpty)
        {
            _store.TakeUp(_priorsFile.Read());
        }

        List<SandboxDescription> descriptions = Loss is null ? [] : Read();
        if (descriptions.Count > 0)
        {
            ModelSnapshot repaired = LossRepair.Run(model, descriptions);
            _store.Save(ModelChange.Between(model, repaired));
            _log.Warning(
                $"{descriptions.Count} containers are taken up again from what their shims keep, with their networks; what did not run is "
                    + $"lost{LossRepair.TellMissing(model, repaired)}");
            model = repaired;
        }

        lock (_lock)
        {
            _model = model;
            foreach ((string key, string value) in _store.All())
            {
                _priors[key] = value;
            }

            _priorsFile.Write(_priors);
            foreach (Sandbox sandbox in _model.SandboxesById.Values.Where(sandbox => sandbox.HasNetworkStack))
            {
                Describe(sandbox.Id);
            }
        }

        return model;
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
            Follow(change.SandboxesToPlan(), priorsChanged: false);
        }
    }

    /// <inheritdoc/>
    public void Lose(StoreLoss loss, int lastCommit) => _store.Lose(loss, lastCommit);

    /// <inheritdoc/>
    public void AcceptLoss() => _store.AcceptLoss();

    /// <inheritdoc/>
    public void Remember(string key, string value)
    {
        _store.Remember(key, value);
        lock (_lock)
        {
            Follow([], _priors.TryAdd(key, value));
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
            Follow([], _priors.Remove(key));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    /// <summary>Looks for shims that run and that a whole store would know. That of a container that is being removed may run still; its
    /// tombstone is stored with the removal.</summary>
    private void FindUnknown(ModelSnapshot model)
    {
        List<SandboxId> unknown =
        [
            .. _processes.ReadSandboxIds().Where(id => model.Find(id) is not { State: SandboxState.Running }
                && !model.TombstonesByOwner.ContainsKey(OwnerId.Of(id))
                && Runs(id)),
        ];
        if (unknown.Count > 0)
        {
            string names = string.Join(", ", unknown.Take(10).Select(id => id.Short));
            _store.Lose(
                new StoreLoss(
                    StoreLossKind.Outdated,
                    $"{unknown.Count} containers run ({names}) of which the store does not say so: it has lost what was stored last, or is "
                        + "another one than they were started with"),
                KnownCommit);
        }
    }

    private bool Runs(SandboxId id)
    {
        try
        {
            return _processes.ReadProcessIds(id).Count > 0;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return true; // nobody knows: it is left alone
        }
    }

    // The latest start first: of two that contradict each other, it is right.
    private List<SandboxDescription> Read() =>
    [
        .. _processes.ReadSandboxIds().Select(Read).OfType<SandboxDescription>()
            .OrderByDescending(description => description.Sandbox.Started ?? DateTimeOffset.MinValue),
    ];

    private SandboxDescription? Read(SandboxId id)
    {
        try
        {
            return _processes.ReadDescription(id) is { } bytes && SandboxDescription.Parse(bytes) is var description
                && description.Sandbox.Id == id ? description : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            _log.Warning($"what the shim of {id.Short} keeps of its container cannot be read: {error.Message}");
            return null;
        }
    }

    /// <summary>Writes what has changed, and what could not be written before.</summary>
    private void Follow(IEnumerable<SandboxId> changed, bool priorsChanged)
    {
        if (priorsChanged || _priorsFile.IsBehind)
        {
            _priorsFile.Write(_priors);
        }

        bool wasBehind = _behind.Count > 0;
        foreach (SandboxId id in changed)
        {
            Describe(id);
        }

        // Where the disk of one is still full, that of the others is too.
        _ = _behind.ToList().TrueForAll(Describe);
        if (wasBehind && _behind.Count == 0)
        {
            _log.Warning("every shim keeps again what its container is");
        }
    }

    private bool Describe(SandboxId id)
    {
        try
        {
            if (_model.Find(id) is { HasNetworkStack: true } sandbox)
            {
                _processes.WriteDescription(id, SandboxDescription.Of(_model, sandbox).ToBytes());
            }
            else
            {
                _processes.RemoveDescription(id);
            }

            _behind.Remove(id);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            GiveUp(id, error);
            return false;
        }
    }

    private void GiveUp(SandboxId id, Exception error)
    {
        if (_behind.Count == 0)
        {
            _log.Warning($"the shim of {id.Short} does not keep what its container is: {error.Message}");
        }

        bool isNew = _behind.Add(id);
        try
        {
            _processes.RemoveDescription(id);
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            if (isNew)
            {
                _log.Warning($"what the shim of {id.Short} keeps of its container is old now and cannot be removed: {second.Message}");
            }
        }
    }
}
