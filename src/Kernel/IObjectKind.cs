using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Steps;

namespace Net.Kernel;

/// <summary>All that the engine knows about one kind of desired object.</summary>
internal interface IObjectKind
{
    /// <summary>Whether the object is of this kind.</summary>
    bool Handles(DesiredObject thing);

    /// <summary>The steps that make it.</summary>
    IEnumerable<Step> Add(DesiredObject thing);

    /// <summary>The steps that make of one the other, in place as far as the kernel can, with inverses that lead back.</summary>
    IEnumerable<Step> Replace(DesiredObject from, DesiredObject to);

    /// <summary>The steps that make it as it should be when it is there with another property.</summary>
    IEnumerable<Step> Correct(DesiredObject thing);

    /// <summary>The steps that remove it, save what <paramref name="scope"/> takes along.</summary>
    IEnumerable<Step> Remove(DesiredObject thing, RemovalScope scope);

    /// <summary>Compares the objects of this kind with the kernel.</summary>
    void Diff(IReadOnlyCollection<DesiredObject> desired, ObservedKernel kernel, DifferenceBuilder difference);

    /// <summary>The objects of this kind in whose place something stands that is not ours, and in words what. Cheaper than
    /// <see cref="Diff"/>, which reports the same conflicts: properties are not compared.</summary>
    IEnumerable<(DesiredObject Wanted, string Problem)> FindConflicts(IReadOnlyCollection<DesiredObject> desired, ObservedKernel kernel);
}
