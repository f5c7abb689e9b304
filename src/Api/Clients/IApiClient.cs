namespace Net.Api.Clients;

/// <summary>All that can be asked of the daemon.</summary>
public interface IApiClient : INetworkApi, IContainerApi, IDaemonApi, IDnsApi
{
    /// <summary>Where the daemon is.</summary>
    DaemonAddress Address { get; }
}
