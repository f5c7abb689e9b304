using System.Security.Cryptography;

namespace Net.Controller.Choices;

/// <summary>Random names for containers that were given none: an adjective and the surname of a pioneer of computing or networks.</summary>
internal static class RandomName
{
    private const int PlainAttempts = 20;

    private static readonly string[] Adjectives =
    [
        "able", "airy", "amber", "blithe", "brave", "bright", "brisk", "calm", "candid", "careful", "clever", "cosy", "curious", "dapper",
        "eager", "early", "fair", "fleet", "fond", "frank", "gentle", "glad", "hardy", "honest", "humble", "jolly", "keen", "kind",
        "lively", "lucid", "mellow", "merry", "modest", "neat", "nimble", "patient", "placid", "plain", "polite", "proud", "quick", "quiet",
        "ready", "serene", "sharp", "silent", "sober", "stoic", "sunny", "swift", "tidy", "upbeat", "vivid", "warm", "wise", "witty",
        "zesty",
    ];

    private static readonly string[] Surnames =
    [
        "allen", "baran", "bartik", "berners", "bjarnason", "boole", "boggs", "cerf", "clarke", "comer", "crocker", "davies", "deering",
        "dijkstra", "engelbart", "estrin", "feinler", "floyd", "goldberg", "hamilton", "hamming", "holberton", "hopper", "huffman",
        "jacobson", "kahn", "karels", "kernighan", "kirstein", "kleinrock", "knuth", "lamarr", "lamport", "liskov", "lovelace", "lynch",
        "meitner", "metcalfe", "mockapetris", "moore", "nakamura", "noether", "perlman", "postel", "pouzin", "ritchie", "roberts",
        "shannon", "stevens", "stibitz", "tanenbaum", "thompson", "tomlinson", "turing", "wilkes", "wirth", "zuse",
    ];

    /// <summary>A name that is not taken. After 20 attempts a number is appended.</summary>
    public static string Choose(Func<string, bool> isTaken)
    {
        for (int attempt = 0; ; attempt++)
        {
            string name = $"{Any(Adjectives)}_{Any(Surnames)}";
            if (attempt >= PlainAttempts)
            {
                name += RandomNumberGenerator.GetInt32(10, 1000 * attempt);
            }

            if (!isTaken(name))
            {
                return name;
            }
        }
    }

    private static string Any(string[] words) => words[RandomNumberGenerator.GetInt32(words.Length)];
}
