using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Steps;

namespace Net.Kernel;

/// <summary>The base of all kinds, typed by the desired object. Adopted objects are neither made nor removed unless the kind overrides
/// <see cref="IsOurs"/>.</summary>
internal abstract class ObjectKind<T> : IObjectKind
    where T : DesiredObject
{
    /// <inheritdoc/>
    public bool Handles(DesiredObject desired) => desired is T;

    /// <inheritdoc/>
    public IEnumerable<Step> Add(DesiredObject desired) => IsOurs(desired) ? Add((T)desired) : [];

    /// <inheritdoc/>
    public IEnumerable<Step> Replace(DesiredObject from, DesiredObject to) => IsOurs(to) ? Replace((T)from, (T)to) : [];

    /// <inheritdoc/>
    public IEnumerable<Step> Correct(DesiredObject desired) => IsOurs(desired) ? Correct((T)desired) : [];

    /// <inheritdoc/>
    public IEnumerable<Step> Remove(DesiredObject desired, RemovalScope scope) => IsOurs(desired) ? Remove((T)desired, scope) : [];

    /// <inheritdoc/>
    public void Diff(IReadOnlyCollection<DesiredObject> desired, ObservedKernel kernel, DifferenceBuilder difference) =>
        Diff([.. OursAmong(desired)], kernel, difference);

    /// <inheritdoc/>
    public IEnumerable<(DesiredObject Wanted, string Problem)> FindConflicts(
        IReadOnlyCollection<DesiredObject> desired, ObservedKernel kernel)
    {
        foreach (T wanted in OursAmong(desired))
        {
            if (Conflict(wanted, kernel) is { } problem)
            {
                yield return (wanted, problem);
            }
        }
    }

    /// <summary>Whether the engine may make and remove it.</summary>
    protected virtual bool IsOurs(DesiredObject desired) => desired.Ownership != Ownership.Adopted;

    /// <inheritdoc cref="IObjectKind.Add"/>
    protected abstract IEnumerable<Step> Add(T desired);

    /// <inheritdoc cref="IObjectKind.Replace"/>
    protected virtual IEnumerable<Step> Replace(T from, T to) => [];

    /// <inheritdoc cref="IObjectKind.Correct"/>
    protected virtual IEnumerable<Step> Correct(T desired) => Add(desired);

    /// <inheritdoc cref="IObjectKind.Remove"/>
    protected abstract IEnumerable<Step> Remove(T desired, RemovalScope scope);

    /// <inheritdoc cref="IObjectKind.Diff"/>
    protected abstract void Diff(IReadOnlyList<T> desired, ObservedKernel kernel, DifferenceBuilder difference);

    /// <summary>In words, what stands in the object's place and is not ours; null when nothing does.</summary>
    protected virtual string? Conflict(T desired, ObservedKernel kernel) => null;

    private IEnumerable<T> OursAmong(IEnumerable<DesiredObject> desired) => desired.OfType<T>().Where(IsOurs);
}
