using System.Diagnostics;
using System.Net;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Drivers.Ipam.Default;

namespace Net.Tests.Benchmarks;

/// <summary>What an address costs in a /16 of which nearly all are taken, against one in an empty /16. The two take turns.</summary>
internal static class IpamBenchmark
{
    private const int Taken = 60_000;
    private const int Addresses = 4000;

    /// <summary>Runs it and prints the times of an address and their ratio.</summary>
    public static int Run(int rounds)
    {
        var empty = new List<double>();
        var full = new List<double>();
        for (int round = 0; round <= rounds; round++)
        {
            empty.Add(Nanoseconds(0));
            full.Add(Nanoseconds(Taken));
        }

        // The first round also compiles the code.
        (double least, double most) = (empty.Skip(1).Min(), full.Skip(1).Min());
        Console.WriteLine(FormattableString.Invariant(
            $"an address in an empty /16: {least:F0} ns; with {Taken} taken: {most:F0} ns; ratio {most / least:F2}"));
        return 0;
    }

    private static double Nanoseconds(int taken)
    {
        var ipam = new DefaultIpam("host");
        AddressPool pool = ipam.RequestPoolAsync(
            new PoolRequest { IPv6 = false, NetworkName = "n", Subnet = IPNetwork.Parse("10.0.0.0/16") }, default).AsTask().Result;
        for (int address = 0; address < taken; address++)
        {
            _ = ipam.RequestAddressAsync(pool, preferred: null, default).AsTask().Result;
        }

        long start = Stopwatch.GetTimestamp();
        for (int address = 0; address < Addresses; address++)
        {
            _ = ipam.RequestAddressAsync(pool, preferred: null, default).AsTask().Result;
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Addresses;
    }
}
