namespace Net.Cnm.DesiredState;

/// <summary>What one operation changes about desired state: the difference of two plans.</summary>
/// <param name="Add">What is new.</param>
/// <param name="Replace">Objects that stay but get other properties: before, after.</param>
/// <param name="Remove">What is no longer wanted.</param>
public sealed record StateChange(
    IReadOnlyList<DesiredObject> Add,
    IReadOnlyList<(DesiredObject From, DesiredObject To)> Replace,
    IReadOnlyList<DesiredObject> Remove)
{
    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Add.Count == 0 && Replace.Count == 0 && Remove.Count == 0;

    /// <summary>The change that leads from one plan to another, by <see cref="DesiredObject.Key"/> and value.</summary>
    /// <exception cref="ArgumentException">A key stands twice in one plan.</exception>
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
