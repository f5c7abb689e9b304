using Net.Cnm.DesiredState;
using Net.Cnm.Findings;
using Net.Cnm.Networks;

namespace Net.Controller.Findings;

/// <summary>Finds networks whose links the kernel cannot make. Such a network is refused when it is created, so the host has another kernel
/// since, or its module is kept from being loaded.</summary>
internal static class MissingFeatures
{
    public static IEnumerable<Finding> Find(FindingFacts facts) =>
        from LinkKindSupport missing in facts.Survey.MissingLinkKinds
        join Network network in facts.Model.Networks on missing.Owner.Tag equals network.Id.Value
        select new Finding
        {
            Kind = FindingKinds.MissingKernelFeature,
            Grade = FindingGrade.Error,
            Object = $"network {network.Name}",
            Cause = $"the kernel has no {missing.Words} ({missing.BuildOption}), so no container can be started on the network or "
                + "connected to it",
            Look = $"modinfo {missing.Module}",
            Remedy = $"modprobe {missing.Module}; or start a kernel that has it",
        };
}
