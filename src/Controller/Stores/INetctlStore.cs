using Net.Cnm.DesiredState;
using Net.Controller.Models;

namespace Net.Controller.Stores;

/// <summary>Stores the model durably. A change survives a power failure once <see cref="Save"/> has returned.</summary>
public interface INetctlStore : IPriorValues, IDisposable
{
    /// <summary>Reads the stored model.</summary>
    ModelSnapshot Load();

    /// <summary>Stores one change of the model in one transaction.</summary>
    void Save(ModelChange change);
}
