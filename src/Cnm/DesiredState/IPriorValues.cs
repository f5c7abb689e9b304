namespace Net.Cnm.DesiredState;

/// <summary>Remembers durably what adopted settings were before we set them.</summary>
public interface IPriorValues
{
    /// <summary>Stores the value unless one is stored for this key already. Durable when it returns.</summary>
    void Remember(string key, string value);

    /// <summary>All that is remembered, by key.</summary>
    IReadOnlyDictionary<string, string> All();

    /// <summary>Forgets one.</summary>
    void Forget(string key);
}
