using Net.Cnm.DesiredState;
using Net.Controller.Models;

namespace Net.Controller.Stores;

/// <summary>Keeps the model durably. What <see cref="Save"/> has returned from is there after a power cut.</summary>
public interface INetctlStore : IPriorValues, IDisposable
{
    /// <summary>Reads all that is stored.</summary>
    ModelSnapshot Load();

    /// <summary>Stores one change of the model, all of it or nothing.</summary>
    void Save(ModelChange change);
}
