/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Xapian side of bench/search: folded words, a page a line.
 *
 *     xapian_bench make words|pairs PAGES DATABASE
 *     xapian_bench ask words|pairs DATABASE QUERIES
 *
 * Answers are the top 20 alone, without counts and snippets. With pairs a
 * query is the conjunction of its pairs of neighbours.
 */
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>
#include <xapian.h>

static double now_ms()
{
    using namespace std::chrono;
    return duration<double, std::milli>(
               steady_clock::now().time_since_epoch())
        .count();
}

static double cpu_ms()
{
    return (double)std::clock() * 1e3 / CLOCKS_PER_SEC;
}

static void say_times(const char *what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    size_t n = times.size();
    std::printf("%s: %zu queries, p50 %.2f ms, p95 %.2f ms, max %.2f ms\n",
                what, n, times[n / 2], times[n * 95 / 100], times[n - 1]);
}

static std::vector<std::string> words_of(const std::string &line)
{
    std::istringstream in(line);
    std::vector<std::string> words;
    for (std::string word; in >> word;)
        words.push_back(word);
    return words;
}

static int make(bool pairs, const char *pages, const char *path)
{
    Xapian::WritableDatabase db(path, Xapian::DB_CREATE_OR_OVERWRITE);
    std::ifstream in(pages);
    double begun = now_ms();
    long n = 0;
    for (std::string line; std::getline(in, line); n++) {
        Xapian::Document doc;
        std::vector<std::string> words = words_of(line);
        for (size_t i = 0; i < words.size(); i++) {
            doc.add_posting(words[i], (Xapian::termpos)i + 1);
            if (pairs && i > 0)
                doc.add_term(words[i - 1] + " " + words[i]);
        }
        db.add_document(doc);
        if (n % 50000 == 49999)
            db.commit();
    }
    db.commit();
    double seconds = (now_ms() - begun) / 1e3;
    std::printf("pages %ld, %.0f pages/s\n", n, n / seconds);
    return 0;
}

static Xapian::Query query_of(const std::vector<std::string> &words,
                              bool pairs, bool phrase)
{
    if (pairs && words.size() > 1) {
        std::vector<std::string> both;
        for (size_t i = 1; i < words.size(); i++)
            both.push_back(words[i - 1] + " " + words[i]);
        return Xapian::Query(Xapian::Query::OP_AND, both.begin(), both.end());
    }
    return Xapian::Query(phrase ? Xapian::Query::OP_PHRASE
                                : Xapian::Query::OP_AND,
                         words.begin(), words.end());
}

static int ask(bool pairs, const char *path, const char *queries)
{
    Xapian::Database db(path);
    std::ifstream in(queries);
    std::vector<double> times, cpu;
    std::vector<std::pair<std::string, std::vector<std::string>>> all;
    for (std::string line; std::getline(in, line);) {
        size_t tab = line.find('\t');
        auto words = words_of(line.substr(tab + 1));
        if (!words.empty())
            all.emplace_back(line.substr(0, tab), words);
    }
    times.assign(all.size(), 1e9);
    cpu.assign(all.size(), 1e9);
    for (int round = 0; round < 9; round++)
        for (size_t i = 0; i < all.size(); i++) {
            double begun = now_ms(), begun_cpu = cpu_ms();
            Xapian::Enquire enquire(db);
            enquire.set_query(
                query_of(all[i].second, pairs, all[i].first == "phrase"));
            enquire.get_mset(0, 20);
            if (round == 0)
                continue;
            times[i] = std::min(times[i], now_ms() - begun);
            cpu[i] = std::min(cpu[i], cpu_ms() - begun_cpu);
        }
    say_times("xapian", times);
    say_times("xapian, CPU time", cpu);
    return 0;
}

int main(int argc, char **argv)
{
    bool pairs = argc > 2 && std::string(argv[2]) == "pairs";
    if (argc == 5 && std::string(argv[1]) == "make")
        return make(pairs, argv[3], argv[4]);
    if (argc == 5 && std::string(argv[1]) == "ask")
        return ask(pairs, argv[3], argv[4]);
    return 1;
}
