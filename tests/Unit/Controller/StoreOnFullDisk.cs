using Net.Cnm.Errors;
using Net.Controller.Models;
using Net.Controller.Stores;

namespace Net.Tests.Unit.Controller;

/// <summary>A store whose disk can be full: every change is refused then.</summary>
internal sealed class StoreOnFullDisk(INetctlStore store) : INetctlStore
{
    /// <summary>Whether the disk is full.</summary>
    public bool IsFull { get; set; }

    public StoreLoss? Loss => store.Loss;

    public bool WasLeftOpen => store.WasLeftOpen;

    public int StoredCommit => store.StoredCommit;

    public int KnownCommit => store.KnownCommit;

    public bool KnowsItsEnd => store.KnowsItsEnd;

    public ModelSnapshot Load() => store.Load();

    public void RequireWritable() => Written().RequireWritable();

    public void Save(ModelChange change) => Written().Save(change);

    public void Lose(StoreLoss loss, int lastCommit) => store.Lose(loss, lastCommit);

    public void AcceptLoss() => store.AcceptLoss();

    public void Remember(string key, string value) => Written().Remember(key, value);

    public IReadOnlyDictionary<string, string> All() => store.All();

    public void Forget(string key) => Written().Forget(key);

    public void Dispose() => store.Dispose();

    private INetctlStore Written() => IsFull ? throw new CnmException(CnmErrorKind.Unavailable, "the disk is full") : store;
}
