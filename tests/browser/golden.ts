import { sharedFile } from './houses.ts';

/**
 * What Silver must hold of each file of `../shared/data/velib`, worked out from the raw files by a reading of its
 * own, and looked up line by line in them for the stations.
 *
 * A file's line: path | sums of bikes, mechanical, e-bikes, docks, capacity | stations installed, renting,
 * returning | mean of last_reported, cut to the second. A station's line: code | the snapshot, where the file holds
 * several | last_reported | bikes, mechanical, e-bikes, docks, capacity | installed, renting, returning | name |
 * position. Times are UTC; a day alone is what the source tells, a UTC day. `-` is NULL.
 */
const text = `
jcdecaux-2014/stations-velib-disponibilites-en-temps-reel.csv | 18252 - - 20419 40314 | 1208 - - | 2014-12-24T07:06:30Z
  16107 | 2014-12-24T14:26:48Z | 11 - - 22 33 | 1 - - | 16107 - GODARD | 48.865983241 2.27572563573
  18010 | 2014-11-24T15:10:22Z | 0 - - 0 48 | 0 - - | 18010 - MARX DORMOY | 48.8901339875 2.36050424484
  902 | 2014-09-22T06:25:27Z | 0 - - 0 10 | 1 - - | 00902 - LIEU DE LA STATION | - -
smovengo-2019/velib-disponibilite-en-temps-reel.csv | 11087 6350 4737 30818 42893 | 1300 - - | 2018-11-16T07:22:40Z
  6021 | 2018-06-22 | 3 2 1 17 20 | 1 - - | Beaux-Arts - Bonaparte | 48.8564519854 2.33485188335
  9020 | 2018-11-30 | 2 1 1 18 21 | 1 - - | Toudouze - Clauzel | 48.8792959173 2.33736008406
  21008 | 2019-08-31 | 0 0 0 34 34 | 0 - - | Victor Hugo - Galliéni | 48.8380201544 2.24608451128
smovengo-2019/velib-disponibilite-en-temps-reel.geojson | 11087 6350 4737 30818 42893 | 1300 - - | 2018-11-16T07:22:40Z
  6021 | 2018-06-22 | 3 2 1 17 20 | 1 - - | Beaux-Arts - Bonaparte | 48.856451985395786 2.334851883351803
  9020 | 2018-11-30 | 2 1 1 18 21 | 1 - - | Toudouze - Clauzel | 48.87929591733507 2.3373600840568547
  21008 | 2019-08-31 | 0 0 0 34 34 | 0 - - | Victor Hugo - Galliéni | 48.83802015441127 2.2460845112800603
v10-search-2019/records_search_geofilter_1hit.json | 1 0 1 21 22 | 1 - - | 2018-03-15T00:00:00Z
  20116 | 2019-10-02T19:11:01.032Z | 2018-03-15 | 1 0 1 21 22 | 1 - - | Haies - Réunion | 48.85386896766491 2.402426162238911
scraped-labels-2022/a_2022-05-12.csv.gz | 237171 145910 91261 449234 706064 | 22416 22352 22352 | 2022-05-12T12:43:26Z
  16107 | 2022-05-12T10:22:18Z | 2022-05-12T09:12:58Z | 4 3 1 31 35 | 1 1 1 | Benjamin Godard - Victor Hugo | 48.865983 2.275725
  9020 | 2022-05-12T13:07:21Z | 2022-05-12T12:13:17Z | 3 2 1 18 21 | 1 1 1 | Toudouze - Clauzel | 48.87929591733507 2.3373600840568547
  8004 | 2022-05-12T17:13:48Z | 2022-05-12T16:20:07Z | 38 36 2 26 67 | 1 1 1 | Malesherbes - Place de la Madeleine | - -
scraped-labels-2022/b_2022-05-23_to_05-28.csv.gz | 2000845 1247528 753317 3622091 5829794 | 184864 183994 183994 | 2022-05-26T01:20:33Z
  16107 | 2022-05-23T02:26:46Z | 2022-05-23T01:54:40Z | 5 4 1 30 35 | 1 1 1 | Benjamin Godard - Victor Hugo | 48.865983 2.275725
  9020 | 2022-05-25T18:44:44Z | 2022-05-25T18:04:03Z | 9 2 7 11 21 | 1 1 1 | Toudouze - Clauzel | 48.87929591733507 2.3373600840568547
  12105 | 2022-05-28T23:38:19Z | 2022-05-28T23:17:32Z | 27 23 4 6 34 | 1 1 1 | Bercy - Villot | 48.841795009027 2.3767850184816
scraped-labels-2022/c_2022-06-01_to_06-02.csv.gz | 252710 156721 95989 475458 752250 | 23851 23783 23783 | 2022-06-02T00:17:36Z
  16107 | 2022-06-01T14:53:34Z | 2022-06-01T14:29:19Z | 2 1 1 32 35 | 1 1 1 | Benjamin Godard - Victor Hugo | 48.865983 2.275725
  9020 | 2022-06-01T22:42:26Z | 2022-06-01T22:25:13Z | 0 0 0 18 21 | 1 1 1 | Toudouze - Clauzel | 48.87929591733507 2.3373600840568547
  12105 | 2022-06-02T11:37:10Z | 2022-06-02T11:31:20Z | 53 44 9 1 34 | 1 1 1 | Bercy - Villot | 48.841795009027 2.3767850184816
scraped-labels-2022/data_2022-06-01T145009Z_is_really_a_zip.csv | 14642 9256 5386 28382 44250 | 1403 1399 1399 | 2022-06-01T14:27:01Z
  16107 | 2022-06-01T14:29:19Z | 2 1 1 32 35 | 1 1 1 | Benjamin Godard - Victor Hugo | 48.865983 2.275725
  9020 | 2022-06-01T14:26:56Z | 5 3 2 15 21 | 1 1 1 | Toudouze - Clauzel | 48.87929591733507 2.3373600840568547
  8004 | 2022-06-01T14:28:48Z | 76 52 24 7 67 | 1 1 1 | Malesherbes - Place de la Madeleine | 48.87040602848252 2.323243509807989
scraped-labels-2022/d_2022-06-02_to_06-07.csv.gz | 3126632 1927776 1198856 5548118 8987471 | 284933 283929 283929 | 2022-06-05T02:50:57Z
  16107 | 2022-06-02T13:10:57Z | 2022-06-02T12:32:03Z | 5 3 2 30 35 | 1 1 1 | Benjamin Godard - Victor Hugo | 48.865983 2.275725
  9020 | 2022-06-05T04:43:41Z | 2022-06-05T03:35:37Z | 0 0 0 21 21 | 1 1 1 | Toudouze - Clauzel | 48.87929591733507 2.3373600840568547
  12105 | 2022-06-07T13:07:08Z | 2022-06-07T12:46:53Z | 40 36 4 7 34 | 1 1 1 | Bercy - Villot | 48.841795009027 2.3767850184816
labels-csv-2023/velib-disponibilite-en-temps-reel.csv | 15583 9852 5731 28345 45316 | 1435 1415 1415 | 2023-02-16T15:53:51Z
  16107 | 2023-02-23T15:53:02Z | 2 1 1 33 35 | 1 1 1 | Benjamin Godard - Victor Hugo | 48.865983 2.275725
  26013 | 2023-01-18T08:46:16Z | 0 0 0 26 26 | 0 0 0 | Quai du docteur Dervaux | 48.910449879839 2.2966554216927
  8002 | 2023-02-23T15:58:09Z | 48 38 10 9 45 | 1 1 1 | Gare Saint-Lazare - Cour du Havre | 48.875674400851 2.3265598341823
gbfs-2023/stations_with_admin_ids.json.gz | - - - - 45495 | - - - | -
  16107 | - | - - - - 35 | - - - | Benjamin Godard - Victor Hugo | 48.865983 2.275725
  9020 | - | - - - - 21 | - - - | Toudouze - Clauzel | 48.87929591733507 2.3373600840568547
  31104 | - | - - - - 30 | - - - | Mairie de Rosny-sous-Bois | 48.871256519012 2.4865807592869
v21-export-2024/series_2024-10-31_to_2024-11-09.csv.gz | 11292600 7154652 4137948 19021748 29995710 | 984001 968267 968267 | 2024-10-30T08:58:31Z
  16107 | 2024-10-31T13:50:01Z | 2024-10-31T12:45:54Z | 9 4 5 26 35 | 1 1 1 | - | - -
  10001 | 2024-11-05T19:40:02Z | 2024-10-07T00:28:01Z | 0 0 0 62 62 | 1 0 0 | - | - -
  40011 | 2024-11-09T20:25:01Z | 2024-08-29T11:13:08Z | 0 0 0 1 1 | 0 0 0 | - | - -
v21-export-2024/stations.csv | - - - - 46209 | - - - | -
  16107 | 2024-10-31T13:50:01.001Z | - | - - - - 35 | - - - | Benjamin Godard - Victor Hugo | 48.865983 2.275725
  40001 | 2024-10-31T13:50:01.001Z | - | - - - - 28 | - - - | Hôpital Mondor | 48.798922410229 2.4537451531298
  2102 | 2024-11-06T19:15:01.001Z | - | - - - - 37 | - - - | Saint-Marc - Feydeau | 48.870326843044 2.3418715826353
v21-export-2024/raw/shell-Velib__velib_data_20241104_111001.json.gz | 16380 10227 6153 28832 - | 1458 1436 1436 | 2024-10-28T13:01:01Z
  16107 | 2024-11-04T09:55:32Z | 2 0 2 33 - | 1 1 1 | - | - -
  9020 | 2024-11-04T09:51:29Z | 1 0 1 19 - | 1 1 1 | - | - -
  40001 | 2024-08-20T06:27:47Z | 0 0 0 28 - | 0 0 0 | - | - -
v21-export-2024/raw/R-Velib__R-Velib20241104_111501.json.gz | 16686 10397 6289 28512 - | 1458 1436 1436 | 2024-10-28T13:01:08Z
  16107 | 2024-11-04T09:55:32Z | 2 0 2 33 - | 1 1 1 | - | - -
  9020 | 2024-11-04T09:51:29Z | 1 0 1 20 - | 1 1 1 | - | - -
  40001 | 2024-08-20T06:27:47Z | 0 0 0 28 - | 0 0 0 | - | - -
v21-export-2024/raw/R-Velib__R-Velib20241105_085501.json.gz | 14560 9632 4928 30362 46155 | 1458 1434 1434 | 2024-10-29T09:29:48Z
  16107 | 2024-11-05T07:00:28Z | 12 9 3 22 35 | 1 1 1 | Benjamin Godard - Victor Hugo | 48.866 2.2757
  9020 | 2024-11-05T06:57:11Z | 1 1 0 20 21 | 1 1 1 | Toudouze - Clauzel | 48.8793 2.3374
  40001 | 2024-08-20T06:27:47Z | 0 0 0 28 28 | 0 0 0 | Hôpital Mondor | 48.7989 2.4537
v21-export-2024/raw/python-Velib__velib_data_20241105_085501.json.gz | 14560 9632 4928 30362 46155 | 1458 1434 1434 | 2024-10-29T09:29:48Z
  16107 | 2024-11-05T07:00:28Z | 12 9 3 22 35 | 1 1 1 | Benjamin Godard - Victor Hugo | 48.865983 2.275725
  9020 | 2024-11-05T06:57:11Z | 1 1 0 20 21 | 1 1 1 | Toudouze - Clauzel | 48.87929591733507 2.3373600840568547
  40001 | 2024-08-20T06:27:47Z | 0 0 0 28 28 | 0 0 0 | Hôpital Mondor | 48.798922410229 2.4537451531298
v21-export-2024/raw/shell-Velib__velib_data_20241105_085501.json.gz | 14072 9355 4717 30871 46155 | 1458 1434 1434 | 2024-10-29T09:29:45Z
  16107 | 2024-11-05T07:00:28Z | 12 9 3 22 35 | 1 1 1 | Benjamin Godard - Victor Hugo | 48.865983 2.275725
  9020 | 2024-11-05T06:57:11Z | 2 0 2 19 21 | 1 1 1 | Toudouze - Clauzel | 48.87929591733507 2.3373600840568547
  40001 | 2024-08-20T06:27:47Z | 0 0 0 28 28 | 0 0 0 | Hôpital Mondor | 48.798922410229 2.4537451531298
pipeline-csv-2025/velib_20250605_004808.csv | 11502 7479 4023 19417 - | - - - | 2025-05-26T20:40:03Z
  16107 | 2025-06-04T22:48:50Z | 3 0 3 32 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-04T23:01:45Z | 8 4 4 19 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-04T22:53:32Z | 1 0 1 19 - | - - - | Toudouze - Clauzel | - -
pipeline-csv-2025/velib_20250605_020356.csv | 11495 7409 4086 19736 - | - - - | 2025-05-26T21:38:57Z
  16107 | 2025-06-04T23:59:19Z | 7 2 5 28 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-05T00:02:14Z | 8 4 4 19 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-04T23:53:59Z | 0 0 0 20 - | - - - | Toudouze - Clauzel | - -
pipeline-csv-2025/velib_20250605_020358.csv | 12147 7730 4417 19179 - | - - - | 2025-05-26T22:38:01Z
  16107 | 2025-06-05T00:59:47Z | 18 5 13 17 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-05T01:02:42Z | 8 4 4 19 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-05T00:54:41Z | 0 0 0 21 - | - - - | Toudouze - Clauzel | - -
pipeline-csv-2025/velib_20250605_021045.csv | 11708 7570 4138 19442 - | - - - | 2025-05-26T21:38:58Z
  16107 | 2025-06-04T23:59:19Z | 17 5 12 18 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-05T00:02:14Z | 8 4 4 19 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-04T23:53:59Z | 0 0 0 20 - | - - - | Toudouze - Clauzel | - -
pipeline-csv-2025/velib_20250605_021051.csv | 11613 7275 4338 19382 - | - - - | 2025-05-26T23:36:47Z
  16107 | 2025-06-05T02:00:09Z | 18 5 13 17 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-05T02:03:10Z | 8 4 4 19 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-05T01:55:07Z | 0 0 0 21 - | - - - | Toudouze - Clauzel | - -
pipeline-csv-2025/velib_20250605_030003.csv | 11613 7275 4338 19382 - | - - - | 2025-05-26T23:36:47Z
  16107 | 2025-06-05T02:00:09Z | 18 5 13 17 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-05T02:03:10Z | 8 4 4 19 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-05T01:55:07Z | 0 0 0 21 - | - - - | Toudouze - Clauzel | - -
pipeline-csv-2025/velib_20250605_040002.csv | 11712 7335 4377 19339 - | - - - | 2025-05-26T23:36:46Z
  16107 | 2025-06-05T02:00:09Z | 18 5 13 17 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-05T02:03:10Z | 9 4 5 18 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-05T01:55:07Z | 0 0 0 21 - | - - - | Toudouze - Clauzel | - -
pipeline-csv-2025/velib_20250605_050003.csv | 12147 7730 4417 19179 - | - - - | 2025-05-26T22:38:01Z
  16107 | 2025-06-05T00:59:47Z | 18 5 13 17 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-05T01:02:42Z | 8 4 4 19 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-05T00:54:41Z | 0 0 0 21 - | - - - | Toudouze - Clauzel | - -
pipeline-csv-2025/velib_20250605_060003.csv | 11638 7345 4293 19575 - | - - - | 2025-05-27T00:36:14Z
  16107 | 2025-06-05T03:00:42Z | 19 5 14 16 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-05T03:03:37Z | 9 4 5 18 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-05T02:55:31Z | 0 0 0 21 - | - - - | Toudouze - Clauzel | - -
pipeline-csv-2025/velib_20250605_070004.csv | 11713 7552 4161 19342 - | - - - | 2025-05-27T01:35:05Z
  16107 | 2025-06-05T04:01:09Z | 19 5 14 16 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-05T04:02:23Z | 8 4 4 19 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-05T03:56:22Z | 0 0 0 21 - | - - - | Toudouze - Clauzel | - -
pipeline-csv-2025/velib_20250605_080002.csv | 10605 7077 3528 20518 - | - - - | 2025-05-27T04:33:40Z
  16107 | 2025-06-05T07:02:29Z | 3 0 3 32 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-05T07:03:59Z | 20 11 9 7 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-05T07:04:14Z | 0 0 0 21 - | - - - | Toudouze - Clauzel | - -
pipeline-csv-2025/velib_20250605_090002.csv | 11123 7316 3807 20433 - | - - - | 2025-05-27T05:32:20Z
  16107 | 2025-06-05T08:03:00Z | 4 1 3 31 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-05T08:02:57Z | 21 11 10 6 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-05T08:02:15Z | 2 1 1 19 - | - - - | Toudouze - Clauzel | - -
pipeline-csv-2025/velib_20250605_100002.csv | 11097 7306 3791 20196 - | - - - | 2025-05-27T06:31:11Z
  16107 | 2025-06-05T09:03:29Z | 3 0 3 32 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-05T09:03:06Z | 23 13 10 4 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-05T09:02:20Z | 2 0 2 19 - | - - - | Toudouze - Clauzel | - -
pipeline-csv-2025/velib_20250605_110005.csv | 11003 7439 3564 20812 - | - - - | 2025-05-27T07:31:23Z
  16107 | 2025-06-05T10:03:56Z | 2 2 0 33 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-05T10:03:14Z | 20 13 7 7 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-05T09:59:10Z | 4 0 4 17 - | - - - | Toudouze - Clauzel | - -
pipeline-csv-2025/velib_20250605_120002.csv | 10771 7248 3523 20953 - | - - - | 2025-05-27T08:33:03Z
  16107 | 2025-06-05T11:04:29Z | 2 0 2 33 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-05T11:03:23Z | 19 12 7 8 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-05T11:03:49Z | 2 1 1 19 - | - - - | Toudouze - Clauzel | - -
pipeline-csv-2025/velib_20250605_130003.csv | 10962 7258 3704 20632 - | - - - | 2025-05-27T09:32:09Z
  16107 | 2025-06-05T11:59:54Z | 4 1 3 31 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-05T12:03:32Z | 20 13 7 7 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-05T12:00:39Z | 4 2 2 17 - | - - - | Toudouze - Clauzel | - -
pipeline-csv-2025/velib_20250605_140002.csv | 11089 7354 3735 20562 - | - - - | 2025-05-27T09:32:10Z
  16107 | 2025-06-05T11:59:54Z | 4 1 3 31 - | - - - | Benjamin Godard - Victor Hugo | - -
  40001 | 2025-06-05T12:03:32Z | 20 13 7 7 - | - - - | Hôpital Mondor | - -
  9020 | 2025-06-05T12:00:39Z | 4 2 2 17 - | - - - | Toudouze - Clauzel | - -
gbfs-2025/station_status.json | 18067 11052 7015 27893 - | 1484 1462 1462 | 2025-10-13T15:14:00Z
  16107 | 2025-10-18T08:31:34Z | 5 1 4 30 - | 1 1 1 | - | - -
  40001 | 2025-10-18T08:39:01Z | 20 12 8 7 - | 1 1 1 | - | - -
  31203 | 2025-08-05T06:50:33Z | 0 0 0 0 - | 0 0 0 | - | - -
gbfs-2025/station_information.json | - - - - 47434 | - - - | -
  16107 | - | - - - - 35 | - - - | Benjamin Godard - Victor Hugo | 48.865983 2.275725
  40001 | - | - - - - 28 | - - - | Hôpital Mondor | 48.798922410229 2.4537451531298
  31203 | - | - - - - 30 | - - - | Henri Barbusse | 48.932092978246 2.3982878482409
pandas-csv-2026/velib_20260207_235858.csv | 19108 11976 7132 27569 48278 | 1504 1489 1489 | 2026-02-04T08:55:19Z
  16107 | 2026-02-07T22:03:44Z | 4 0 4 30 35 | 1 1 1 | Benjamin Godard - Victor Hugo | 48.865983 2.275725
  40018 | 2025-10-22T06:16:29Z | 0 0 0 1 1 | 0 0 0 | Chemin Des Mèches - Foch | 48.784426530213 2.4370886462938
  12105 | 2026-02-07T22:03:15Z | 34 26 8 1 33 | 1 1 1 | Bercy - Villot | 48.841795009027 2.3767850184816
labels-csv-2026/velib-disponibilite-en-temps-reel.csv | 18596 11573 7023 28812 48507 | 1506 1494 1494 | 2026-04-02T13:59:18Z
  16107 | 2026-04-06T10:49:36Z | 7 6 1 27 35 | 1 1 1 | Benjamin Godard - Victor Hugo | 48.865983 2.275725
  10203 | 2025-09-18T12:04:55Z | 14 4 10 37 51 | 0 0 0 | Dunkerque - Faubourg Saint-Denis | 48.879591377764 2.3570314097411
  13123 | 2026-04-06T10:48:38Z | 45 41 4 0 42 | 1 1 1 | BNF - Bibliothèque Nationale de France | 48.8350268238 2.3760157451034
`;

export interface Golden {
  readonly totals: string;
  readonly stations: readonly string[];
}

const day = /(?<=\| )\d{4}-\d\d-\d\d(?= \|)/;
const midnight = (text: string) => `${text}T00:00:00Z`;

/** By path. */
export const golden: ReadonlyMap<string, Golden> = new Map(
  text
    .trim()
    .split(/\n(?! )/)
    .map((block) => {
      const [first = '', ...stations] = block.split('\n').map((line) => line.trim().replace(day, midnight));
      const [path = '', ...totals] = first.split(' | ');
      return [path, { totals: totals.join(' | '), stations }];
    }),
);

/** When files were saved whose time depends on it (`../shared/data/SOURCES.md`). */
const saved: Readonly<Record<string, number>> = {
  'smovengo-2019': Date.UTC(2019, 7, 1, 12),
  'gbfs-2023': Date.UTC(2023, 6, 1),
};

/** A file of `../shared/data/velib`, as old as it is. */
export async function velib(path: string): Promise<File> {
  const file = (await sharedFile(`velib/${path}`))!;
  const lastModified = saved[path.slice(0, path.indexOf('/'))] ?? file.lastModified;
  return new File([file], file.name, { lastModified });
}
