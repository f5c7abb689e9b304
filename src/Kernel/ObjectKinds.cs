using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Steps;

namespace Net.Kernel;

/// <summary>All kinds of desired objects except firewall policies. Passes each object to its kind.</summary>
internal sealed class ObjectKinds(IReadOnlyList<IObjectKind> kinds)
{
    /// <summary>The steps that make objects.</summary>
    public IEnumerable<Step> Add(IEnumerable<DesiredObject> objects) => objects.SelectMany(desired => Of(desired)?.Add(desired) ?? []);

    /// <summary>The steps that change objects into others.</summary>
    public IEnumerable<Step> Replace(IEnumerable<(DesiredObject From, DesiredObject To)> pairs) =>
        pairs.SelectMany(pair => Of(pair.To)?.Replace(pair.From, pair.To) ?? []);

    /// <summary>The steps that correct objects that exist with another property.</summary>
    public IEnumerable<Step> Correct(IEnumerable<DesiredObject> objects) =>
        objects.SelectMany(desired => Of(desired)?.Correct(desired) ?? []);

    /// <summary>The steps that remove objects; an object that goes along with another one of them has no step.</summary>
    public IEnumerable<Step> Remove(IReadOnlyCollection<DesiredObject> objects)
    {
        var scope = new RemovalScope(objects);
        return objects.SelectMany(desired => Of(desired)?.Remove(desired, scope) ?? []);
    }

    /// <summary>Compares all objects with the kernel. An object that cannot be compared is told as one, and the others are
    /// compared.</summary>
    public void Diff(IReadOnlyCollection<DesiredObject> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (IObjectKind kind in kinds)
        {
            var found = new DifferenceBuilder();
            try
            {
                kind.Diff(desired, kernel, found);
                difference.Take(found, withLeftovers: true);
            }
            catch (Exception error)
            {
                difference.LeftoversUnknown(error);
                DiffSingly(kind, desired.Where(kind.Handles), kernel, difference);
            }
        }
    }

    // Compared alone, one object would make all others seem left over.
    private static void DiffSingly(
        IObjectKind kind, IEnumerable<DesiredObject> objects, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (DesiredObject desired in objects)
        {
            var found = new DifferenceBuilder();
            try
            {
                kind.Diff([desired], kernel, found);
                difference.Take(found, withLeftovers: false);
            }
            catch (Exception error)
            {
                difference.Unclear(desired, error);
            }
        }
    }

    /// <summary>The owners of objects in whose place something stands that is not ours.</summary>
    public IReadOnlySet<OwnerId> FindContested(IReadOnlyCollection<DesiredObject> desired, ObservedKernel kernel) =>
        kinds.SelectMany(kind => kind.FindConflicts(desired, kernel)).Select(conflict => conflict.Wanted.Owner).ToHashSet();

    private IObjectKind? Of(DesiredObject desired)
    {
        foreach (IObjectKind kind in kinds)
        {
            if (kind.Handles(desired))
            {
                return kind;
            }
        }

        return null;
    }
}
