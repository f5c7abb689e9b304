using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Kernel.Errors;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Links;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

/// <summary>A kernel that lacks what is needed: it is said which feature, and what to do.</summary>
public sealed class MissingFeatureTests
{
    [KernelFact]
    public void A_link_kind_that_the_kernel_lacks_is_named_with_the_module_to_load() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection kernel = host.OpenRoute();

        // No kernel has this kind, and it refuses it as it would refuse bridge or veth where those were left out.
        NetlinkException refused = Assert.Throws<NetlinkException>(() => kernel.Execute(LinkRequests.Add(
            new LinkMessage { Name = "lab0", Info = new LinkInfo { Kind = "nosuchkind" } })));
        Assert.Equal(Errno.NotSupported, refused.Errno);

        CnmException shown = KernelErrors.Translate(refused, new BridgeLink
        {
            Owner = OwnerId.Host,
            Name = "br-lab",
            MacAddress = MacAddress.NewRandom(),
            IPv6 = false,
        });
        Assert.Equal(CnmErrorKind.Unavailable, shown.Kind);
        Assert.Contains("br-lab", shown.Message, StringComparison.Ordinal);
        Assert.Contains("CONFIG_BRIDGE", shown.Message, StringComparison.Ordinal);
        Assert.Contains("load the module bridge", shown.Message, StringComparison.Ordinal);
    });
}
