using Net.Cnm.DesiredState;

namespace Net.Controller.Stores;

/// <summary>Brings the prior values of a store up to those that are known from elsewhere, which are later.</summary>
internal static class LaterPriorValues
{
    /// <summary>Takes up values in the place of those that are stored for the same settings.</summary>
    public static void TakeUp(this IPriorValues store, IReadOnlyDictionary<string, string> later)
    {
        IReadOnlyDictionary<string, string> stored = store.All();
        foreach ((string key, string value) in later.Where(entry => stored.GetValueOrDefault(entry.Key) != entry.Value))
        {
            if (stored.ContainsKey(key))
            {
                store.Forget(key);
            }

            store.Remember(key, value);
        }
    }

    /// <summary>Takes up values in the place of all that are stored.</summary>
    public static void Replace(this IPriorValues store, IReadOnlyDictionary<string, string> later)
    {
        foreach (string key in store.All().Keys.Except(later.Keys))
        {
            store.Forget(key);
        }

        store.TakeUp(later);
    }
}
