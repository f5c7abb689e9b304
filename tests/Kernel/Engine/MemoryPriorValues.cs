using Net.Cnm.DesiredState;

namespace Net.Tests.Kernel.Engine;

/// <summary>Prior values for as long as a test lasts.</summary>
internal sealed class MemoryPriorValues : IPriorValues
{
    private readonly Dictionary<string, string> _values = [];

    public void Remember(string key, string value) => _values.TryAdd(key, value);

    public IReadOnlyDictionary<string, string> All() => new Dictionary<string, string>(_values);

    public void Forget(string key) => _values.Remove(key);
}
