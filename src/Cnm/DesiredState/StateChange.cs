namespace Net.Cnm.DesiredState;

/// <summary>The change that one operation makes to the desired state: the difference of two plans.</summary>
/// <param name="Add">The new objects.</param>
/// <param name="Replace">Objects whose key stays the same and whose other properties change, each as it was before and as it is
/// after.</param>
/// <param name="Remove">The objects that are no longer wanted.</param>
public sealed record StateChange(
    IReadOnlyList<DesiredObject> Add,
    IReadOnlyList<(DesiredObject From, DesiredObject To)> Replace,
    IReadOnlyList<DesiredObject> Remove)
{
    /// <summary>Whether the change does nothing.</summary>
    public bool IsEmpty => Add.Count == 0 && Replace.Count == 0 && Remove.Count == 0;

    /// <summary>Computes the change that leads from one plan to another. Objects are matched by <see cref="DesiredObject.Key"/> and
    /// compared by value.</summary>
    /// <exception cref="ArgumentException">Two objects of one plan have the same key.</exception>
    public static StateChange Between(IEnumerable<DesiredObject> before, IEnumerable<DesiredObject> after)
    {
        Dictionary<string, DesiredObject> old = before.ToDictionary(o => o.Key, StringComparer.Ordinal);
        var add = new List<DesiredObject>();
        var replace = new List<(DesiredObject, DesiredObject)>();
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (DesiredObject wanted in after)
        {
            if (!kept.Add(wanted.Key))
            {
                throw new ArgumentException($"two desired objects have the key {wanted.Key}", nameof(after));
            }

            if (!old.TryGetValue(wanted.Key, out DesiredObject? present))
            {
                add.Add(wanted);
            }
            else if (present != wanted)
            {
                replace.Add((present, wanted));
            }
        }

        return new StateChange(add, replace, [.. old.Values.Where(o => !kept.Contains(o.Key))]);
    }
}
