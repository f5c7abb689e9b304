namespace Net.Cnm.DesiredState;

/// <summary>Durable storage for the values that adopted settings had before the daemon first set them.</summary>
public interface IPriorValues
{
    /// <summary>Stores a prior value, with what else is kept beside it, durably, unless one is already stored for this key.</summary>
    /// <param name="key">The path of the setting below /proc/sys (<see cref="SysctlObject.Path"/>).</param>
    /// <param name="value">The value before the daemon changed it, and what is kept beside it: a text that is stored as it is.</param>
    void Remember(string key, string value);

    /// <summary>Returns all stored values by key.</summary>
    IReadOnlyDictionary<string, string> All();

    /// <summary>Deletes the value of a key. Does nothing when none is stored.</summary>
    void Forget(string key);
}
