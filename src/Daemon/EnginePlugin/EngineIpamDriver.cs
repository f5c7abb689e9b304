using System.Net;
using System.Net.Sockets;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Ipam;
using Net.Controller.Foreign;
using Net.Controller.Requests;

namespace Net.Daemon.EnginePlugin;

/// <summary>Docker's remote IPAM driver, as the Engine calls it.</summary>
/// <param name="ipam">Does what is asked for.</param>
/// <param name="driver">Removes what was given up by a call whose content was lost.</param>
internal sealed class EngineIpamDriver(ForeignIpam ipam, ForeignDriver driver)
{
    private const string AddressType = "RequestAddressType";
    private const string GatewayType = "com.docker.network.gateway";

    /// <summary>Adds the methods.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        EngineJson json = EngineJson.Default;

        // What is reserved is stored here. It is told again so that a subnet is noticed of which the Engine no longer knows.
        routes.MapMethod(
            "IpamDriver.GetCapabilities",
            json.EmptyMessage,
            json.IpamCapabilitiesAnswer,
            _ => Task.FromResult(new IpamCapabilitiesAnswer(RequiresMACAddress: false, RequiresRequestReplay: true)));
        routes.MapMethod(
            "IpamDriver.GetDefaultAddressSpaces",
            json.EmptyMessage,
            json.AddressSpacesAnswer,
            _ => Task.FromResult(new AddressSpacesAnswer("netctl-local", "netctl-global")));
        routes.MapMethod("IpamDriver.RequestPool", json.IpamMessage, json.PoolAnswer, RequestPoolAsync);
        routes.MapMethod(
            "IpamDriver.ReleasePool", json.IpamMessage, message => ipam.ReleasePoolAsync(message.PoolID ?? ""));
        routes.MapMethod("IpamDriver.RequestAddress", json.IpamMessage, json.AddressAnswer, RequestAddressAsync);
        routes.MapEnd(
            "IpamDriver.ReleaseAddress",
            json.IpamMessage,
            message => ipam.ReleaseAddressAsync(message.PoolID ?? "", AddressParser.Parse(message.Address ?? "", "address")),
            () => driver.RemoveLostAsync());
    }

    private async Task<PoolAnswer> RequestPoolAsync(IpamMessage message)
    {
        if (message is { AddressSpace: null, Pool: null, SubPool: null })
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter,
                "a pool is asked for without an AddressSpace. The Engine leaves it out when netctl was stopped in the middle of the call: "
                    + "do it again");
        }

        EngineOptions.RequireKnown(message.Options?.Keys ?? Enumerable.Empty<string>(), "a subnet", "--ipam-opt");
        IPNetwork? subnet = Subnet(message.Pool);
        if (subnet is { } given && message.V6 != (given.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6))
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"pool {given} is asked for with V6 {message.V6}: the two are of different address families");
        }

        ForeignPool pool = await ipam.RequestPoolAsync(
            new ForeignPoolRequest(message.V6, subnet, Subnet(message.SubPool)));
        return new PoolAnswer(pool.Id, pool.Pool.Subnet.ToString(), []);
    }

    private async Task<AddressAnswer> RequestAddressAsync(IpamMessage message)
    {
        IPAddress? wanted = string.IsNullOrEmpty(message.Address) ? null : AddressParser.Parse(message.Address, "address");
        InterfaceAddress address = await ipam.RequestAddressAsync(
            message.PoolID ?? "", wanted, message.Options?.GetValueOrDefault(AddressType) == GatewayType);
        return new AddressAnswer(address.ToString(), []);
    }

    private static IPNetwork? Subnet(string? text) => string.IsNullOrEmpty(text) ? null : SubnetParser.Parse(text);
}
